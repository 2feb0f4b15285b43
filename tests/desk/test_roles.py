import re

from caliber_site.models import Role
from tests.desk.conftest import Open

OPTION = re.compile(r'<option(?: selected)? value="(\w+)">([^<]+)</option>')


def test_chief_chooses_among_the_three_roles_by_their_names(open_desk: Open) -> None:
    page = open_desk(Role.CHIEF).get("/editors/").text
    offered = dict(OPTION.findall(page.split('id="role"')[1].split("</select>")[0]))
    assert offered == {
        "author": "Author: own drafts",
        "editor": "Editor: all editions",
        "chief": "Chief: also editors and sections",
    }
