"""What a mail server needs so that its replies lead to the pages of a site. It knows no MkDocs and no command line.

Every server is given addresses as RFC 5321 wants a reply: printable ASCII (§4.2), in lines of at most 512 octets with the code
and the line end (§4.5.3.1.5).
"""

from . import exim, opensmtpd, postfix, rspamd, sendmail
from .lines import Helped, TooLong

#: What writes the configuration of each server.
SERVERS = {
    "postfix": postfix.configuration,
    "exim": exim.configuration,
    "rspamd": rspamd.configuration,
    "opensmtpd": opensmtpd.configuration,
    "sendmail": sendmail.configuration,
}

__all__ = ["SERVERS", "Helped", "TooLong"]
