"""The tests with every Python that is on the machine, and with the oldest dependencies that are allowed."""

import nox

nox.options.error_on_missing_interpreters = False
nox.options.stop_on_first_error = True
# What proves the package itself; themes, browsers and other plugins are proven once, by `make test`.
TESTS = [
    f"tests/test_{name}.py"
    for name in (
        "codes",
        "directives",
        "comparison",
        "facts",
        "loading",
        "extension",
        "reference_directives",
        "site_data",
        "generated",
        "export",
        "api",
    )
]


HELPERS = ("pytest", "pytest-xdist", "beautifulsoup4", "lxml")
OLDEST = ("mkdocs==1.6.0", "Markdown==3.6", "Jinja2==3.1.4", "PyYAML==6.0.1", "pymdown-extensions==10.14")


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    session.install("-e", ".", *HELPERS, "pymdown-extensions")
    session.run("pytest", "-q", "-n", "auto", *TESTS)


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    session.install("-e", ".", *HELPERS, *OLDEST)
    session.run("pytest", "-q", "-n", "auto", *TESTS)
