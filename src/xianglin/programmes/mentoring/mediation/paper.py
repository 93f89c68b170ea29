"""人民调解协议书 as a paper: Chinese, whoever prints it, and only for whoever may read the case."""

from xianglin.commons.areas.queries import ancestors
from xianglin.commons.documents.parts import Document, Facts, Heading, Paragraph, Signature, Table

from ..dossiers.sections import written
from . import queries
from .models import Mediation


def agreement(case: Mediation) -> Document:
    sides = queries.sides(case)
    assert case.closed_on is not None  # it is settled
    people = [("当事人", f"{one.name}　{one.phone}".strip()) for one in sides]  # zh: the paper
    more = [
        ("纠纷类别", str(case.get_sort_display())),  # zh: the paper
        ("发生地点", "".join(area.name for area in ancestors(case.area)[2:])),  # zh: the paper
        ("调解员", "、".join(one.display_name for one in queries.mediators(case))),  # zh: the paper
        ("受理日期", written(case.opened_on)),  # zh: the paper
    ]
    return Document(
        title="调解协议书",  # zh: the paper
        subtitles=[case.team.name],
        blocks=[
            Facts([*people, *more]),
            Heading("双方约定"),  # zh: the paper
            *(Paragraph(line) for line in queries.agreement(case).splitlines() if line.strip()),
            Heading("签字"),  # zh: the paper
            Table(
                [*(f"{one.name}（签字）" for one in sides), "调解员（签字）"],  # zh: the paper
                [["　\n　\n　"] * (len(sides) + 1)],
            ),
        ],
        signature=Signature(case.team.name, written(case.closed_on)),
    )
