"""出师证书 as a paper: Chinese, whoever prints it."""

from xianglin.commons.areas.models import Level
from xianglin.commons.areas.queries import ancestors
from xianglin.commons.documents.parts import Document, Facts, Heading, Paragraph, Signature, Table

from ..dossiers.sections import written
from ..plans import queries as plans
from ..plans.models import Form
from .models import Review


def certificate(review: Review) -> Document:
    pairing, given = review.pairing, review.certificate
    rows = [
        [one.goal.ability.name, _level(one.goal.baseline), _level(one.now)]
        for one in plans.reached(pairing, review.decided_on)
    ]
    done = [one for one in plans.assignments(pairing) if one.milestone.state == "reached"]
    begun = written(pairing.starts_on) if pairing.starts_on is not None else ""
    told = f"{pairing.need.name}同志自{begun}起，由导师{pairing.offer.name}帮带，经评议准予出师。"  # zh: the paper
    return Document(
        title="出师证书",  # zh: the paper
        subtitles=[str(given)],
        blocks=[
            Paragraph(told),
            Facts(
                [("青年干部", f"{pairing.need.name}（{pairing.need.title}）"), ("导师", pairing.offer.name)]
            ),  # zh: the paper
            Heading("能力变化"),  # zh: the paper
            Table(["能力", "帮带前", "帮带后"], rows or [["—", "—", "—"]]),  # zh: the paper
            *([Heading("完成的历练")] if done else []),  # zh: the paper
            *(Paragraph(f"{Form(one.form).label}：{one.milestone.title}。{one.milestone.result}") for one in done),
        ],
        signature=Signature(_office(review), written(given.issued_on)),
    )


def _level(level: int | None) -> str:
    return f"{level}级" if level is not None else "未评"  # zh: the paper


def _office(review: Review) -> str:
    return next((one.name for one in ancestors(review.area) if one.level == Level.TOWN), review.area.name)
