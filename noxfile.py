"""The tests with every Python that is on the machine, and with the oldest dependencies that are allowed."""

import nox

nox.options.error_on_missing_interpreters = False
nox.options.stop_on_first_error = True
# What proves the package itself; themes, browsers and other plugins are proven once, by `make test`.
TESTS = ["tests/test_codes.py", "tests/test_directives.py", "tests/test_comparison.py", "tests/test_facts.py", "tests/test_loading.py",
         "tests/test_extension.py", "tests/test_reference_directives.py", "tests/test_site_data.py"]  # fmt: skip


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def tests(session: nox.Session) -> None:
    session.install("-e", ".", "pytest", "beautifulsoup4", "pymdown-extensions")
    session.run("pytest", "-q", *TESTS)


@nox.session(python="3.11")
def oldest(session: nox.Session) -> None:
    session.install("-e", ".", "pytest", "beautifulsoup4", "pymdown-extensions==10.14", "mkdocs==1.6.0", "Markdown==3.6",
                    "Jinja2==3.1.4", "PyYAML==6.0.1")  # fmt: skip
    session.run("pytest", "-q", *TESTS)
