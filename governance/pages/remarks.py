"""What importers of every floor write about rows and files, in the reader's language.

It is stored in English and said in the language of the page. A phrase with values in it has
places `%(v1)s`, `%(v2)s`; what is no phrase of ours is shown as it is.
"""

import re
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from governance.services.authority import NOT_ANY_MORE, NOT_ITS_OWN

PHRASES = (
    gettext_noop("is neither yes nor no"),
    gettext_noop("Write yes or no."),
    gettext_noop("is not a number"),
    gettext_noop("Write digits only."),
    gettext_noop("is not a whole number from %(v1)s to %(v2)s"),
    gettext_noop("Correct it."),
    gettext_noop("is a word we do not know here"),
    gettext_noop("Write one of: %(v1)s."),
    gettext_noop("is longer than %(v1)s signs"),
    gettext_noop("Shorten it."),
    gettext_noop("is stored as a number, so zeros at its end may be lost"),
    gettext_noop("Format the column as text and type the code again (65.10, not 65.1)."),
    gettext_noop(
        "has %(v1)s fields where the heading has %(v2)s (line %(v3)s of the file): its "
        "columns may have shifted"
    ),
    gettext_noop("Put cells that contain a comma in quotes, or correct the row."),
    gettext_noop("a total, not data"),
    gettext_noop("is empty"),
    gettext_noop("Fill it in."),
    gettext_noop(
        "In the row that starts in line %(v1)s a quote ends in the middle of a cell. "
        "Double the quotes inside cells, or export the file again."
    ),
    gettext_noop(
        "There is a NUL byte in line %(v1)s: the file is damaged or not text. Export it again."
    ),
    gettext_noop("The encoding is neither UTF-8 nor Windows-1252. Save the file as UTF-8."),
    gettext_noop(
        "In the row that starts in line %(v1)s a quote is opened and never closed, or a"
        " cell has more than %(v2)s signs. Correct it, or export the file again."
    ),
    gettext_noop("The file starts like %(v1)s and does not go on like it. Save it as UTF-8."),
    gettext_noop("%(v1)s could be %(v2)s. Say which: choose the kind."),
    gettext_noop("no table of facts: its heading is none we know"),
    gettext_noop("No table has the columns that were named: %(v1)s. Map them anew."),
    gettext_noop("Say which column is %(v1)s: %(v2)s needs it."),
    gettext_noop("“%(v1)s” is no field of %(v2)s. Fields are: %(v3)s."),
    gettext_noop("The XML is larger than %(v1)s MB. Split it."),
    gettext_noop("The XML is nested more than %(v1)s levels deep. Flatten it."),
    gettext_noop("The XML has more than %(v1)s elements. Split it."),
    gettext_noop("The XML has a document type or entities, which can hide an attack. Remove them."),
    gettext_noop("The XML is broken: %(v1)s. Export it again."),
    gettext_noop("There are more than %(v1)s sheets. Send fewer."),
    gettext_noop(
        "Row %(v1)s has %(v2)s columns; more than %(v3)s are no table. Look at how the "
        "file was exported."
    ),
    gettext_noop("There are more than %(v1)s rows or %(v2)s cells. Split the file."),
    gettext_noop("This is a zip file inside a zip file. Unpack it first."),
    gettext_noop("The file is no longer there. Send it again."),
    NOT_ANY_MORE,
    NOT_ITS_OWN,
    gettext_noop("Choose the project that these facts belong to."),
    gettext_noop("A portfolio makes projects: choose an organisation, not a project."),
    gettext_noop("The file could not be read to its end. Save it anew, as .xlsx or .csv."),
    gettext_noop("There are more than %(v1)s files inside. Send only the tables."),
    gettext_noop("There is a password on it. Save it without a password."),
    gettext_noop("It unpacks to more than %(v1)s MB. Split it into smaller files."),
    gettext_noop("It unpacks to more than %(v1)s times its size, as no real table does."),
    gettext_noop("is no process above this row"),
    gettext_noop("Name a process of a higher level that is in the file or in the project."),
    gettext_noop("closes a loop: %(v1)s"),
    gettext_noop("A process cannot lie below itself. Correct the parent."),
    gettext_noop("is the code of row %(v1)s too"),
    gettext_noop("Give each process a code of its own."),
    gettext_noop("Say when it was reported."),
    gettext_noop("lies in the future"),
    gettext_noop("Correct the date."),
    gettext_noop("lies before what it follows"),
    gettext_noop("Correct one of the dates."),
    gettext_noop("the same as an earlier row"),
    gettext_noop("is the defect of row %(v1)s too"),
    gettext_noop("Keep one row for each defect."),
    gettext_noop("is no scenario of this project"),
    gettext_noop("Import the runs or the catalogue first, or leave the cell empty."),
    gettext_noop("%(v1)s: neither a process nor a scenario"),
    gettext_noop("does not start with a code and go on with a name"),
    gettext_noop("Write it as “65.10.020 Enter orders”."),
    gettext_noop("has more than %(v1)s signs, or too long a code"),
    gettext_noop("differs from what an earlier import said about the same run"),
    gettext_noop("Runs are never changed. Give the new run its own date, time or run ID."),
    gettext_noop("Import the catalogue first, or add a column Test Scenario with titles."),
    gettext_noop("Say when it was run."),
    gettext_noop("is in the file twice"),
    gettext_noop("Give each run an ID of its own."),
    gettext_noop("is no e-mail address"),
    gettext_noop("is assigned in row %(v1)s already"),
    gettext_noop("Keep one row."),
    gettext_noop("is no process of this project"),
    gettext_noop("Import the catalogue first, or leave the cell empty for everything."),
    gettext_noop("lies before the start"),
    gettext_noop("Import the catalogue first, or leave the cell empty."),
    gettext_noop("is the course of row %(v1)s too"),
    gettext_noop("lists something of more than %(v1)s signs"),
    gettext_noop("Put a semicolon between the names."),
    gettext_noop("The option pass_mark lies between 0 and 100."),
    gettext_noop("has no last day"),
    gettext_noop("Import the courses first, with the option starts."),
    gettext_noop("Say on which day it was."),
    gettext_noop(
        "Days are counted from the start of %(v1)s, and nobody said when that was. Give"
        " the option starts, as in %(v2)s=2013-10-01."
    ),
    gettext_noop("The option pass_mark is no number. Write it in percent."),
    gettext_noop("A start %(v1)s: write 2013J=2013-10-01, or a date for all."),
    gettext_noop("is no maximum"),
    gettext_noop("Write a number above 0."),
    gettext_noop("does not lie between 0 and %(v1)s"),
    gettext_noop("Correct score or maximum."),
    gettext_noop("not finished yet"),
    gettext_noop("Say when it was."),
    gettext_noop("is nobody on the roster"),
    gettext_noop("Import the roster first, or correct the ID."),
    gettext_noop("is no course of this project"),
    gettext_noop("Import the courses first, or correct the code."),
    gettext_noop("Give each record an ID of its own."),
    gettext_noop("differs from what an earlier import said about the same record"),
    gettext_noop("Records are never changed. Give the new one its own date or record ID."),
    gettext_noop("is the person of row %(v1)s too"),
    gettext_noop("means leaving on %(v1)s before joining on %(v2)s"),
    gettext_noop("Correct one of the two dates."),
    gettext_noop("lies before the registration"),
    gettext_noop("Correct one of the two days."),
    gettext_noop("is in row %(v1)s for the same presentation"),
    gettext_noop("differs from “%(v1)s”, imported before for the same report"),
    gettext_noop("A reported status is never changed. Report a new one with its own date."),
    gettext_noop("is the short name of another project"),
    gettext_noop("Choose another one."),
    gettext_noop("A portfolio belongs to a client, not to a partner."),
    gettext_noop("is no colour we know"),
    gettext_noop("Write Green, Amber/Green, Amber, Amber/Red or Red, or leave it empty."),
    gettext_noop("is no time zone"),
    gettext_noop("Write it as Europe/Berlin."),
    gettext_noop("is no short name for an address"),
    gettext_noop("Write small letters, digits and hyphens: %(v1)s."),
    gettext_noop("Name the project."),
    gettext_noop("is the project of row %(v1)s too"),
    gettext_noop("is no year"),
    gettext_noop("Write it as 2018."),
    gettext_noop("lies in the past"),
    gettext_noop("Give the date ahead, or the phase hypercare or closed."),
    gettext_noop("Say when that status was reported."),
    gettext_noop("empty but for its number"),
    gettext_noop("%(v1)s does not say of which year it is. Give the option year=2017."),
    gettext_noop("The zip file or workbook is damaged. Save or pack it again."),
    gettext_noop("Deleted in the catalogue"),
    gettext_noop("Deprecated in the catalogue"),
    gettext_noop(
        "Reading the file takes too much %(v1)s; no ordinary table does. Split it, or save it anew."
    ),
    gettext_noop("There is no row in the file. Export it again."),
    gettext_noop("not a table (.csv, .xlsx or .xml)"),
    gettext_noop("1 row cannot be taken, so nothing was written. Correct it, or import the rest."),
    gettext_noop(
        "%(v1)s rows cannot be taken, so nothing was written. Correct them, or import the rest."
    ),
    gettext_noop("Read as Windows-1252, as it is not UTF-8."),
    gettext_noop("Stopped by a fault of ours; nothing was written."),
    gettext_noop("The file is too large to be read. Split it."),
    gettext_noop(
        "This is an old .xls file or a workbook with a password. Save it as .xlsx "
        "without a password."
    ),
    gettext_noop("This is a PDF. Export the table as .xlsx or .csv."),
    gettext_noop("This is a picture. Export the table as .xlsx or .csv."),
    gettext_noop("This file is packed with gzip. Unpack it first."),
    gettext_noop("This is neither text nor a workbook. Export the table as .xlsx or .csv."),
    gettext_noop("The option owners names an e-mail for each name in the file."),
    gettext_noop("does not say since when it is known"),
    gettext_noop("Add a column Raised, or say one day for all rows (option on)."),
    gettext_noop("Give each row its own."),
    gettext_noop("Give the row another one."),
    gettext_noop("is that of row %(v1)s too"),
    gettext_noop("is a %(v1)s already"),
    gettext_noop("is the code of something that was written here"),
    gettext_noop("the template of decision records, not a decision"),
    gettext_noop("is the number of %(v1)s too"),
    gettext_noop("Give each record its own."),
    gettext_noop("is a state that we do not know"),
    gettext_noop("is missing"),
    gettext_noop("Write Date: 2026-03-31 below the title, or say the day (option on)."),
    gettext_noop("works for a partner, who never owns"),
    gettext_noop("Name somebody of the client."),
    gettext_noop("could be several people of this project"),
    gettext_noop("is nobody whom this project knows"),
    gettext_noop("Say who it is (option owners: name = e-mail), or give that person a role here."),
    gettext_noop("Nobody with the e-mail %(v1)s takes part in this project."),
    gettext_noop("Say who answered the checklist: the option by names an e-mail."),
    gettext_noop("not answered, so not reported"),
    gettext_noop("the tick stands in every row of the template: no answer"),
)
_PLACE = re.compile(r"%\\\((v\d)\\\)s")


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(phrase)), re.DOTALL)


_PATTERNS = [(phrase, _pattern(phrase)) for phrase in PHRASES if "%(" in phrase]
_WHOLE = frozenset(PHRASES)


@lru_cache(maxsize=4_000)
def _phrase_of(text: str) -> tuple[str, dict[str, str]]:
    """Return the phrase that a text is, and the values in it."""
    for phrase, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return phrase, found.groupdict()
    return "", {}


def remark(text: str) -> str:
    """Return what an importer wrote, in the language of the page."""
    if text in _WHOLE:
        return _(text)
    phrase, values = _phrase_of(text)
    return _(phrase) % values if phrase else text
