"""What the measures lay down, each with the article it is read from."""

import pytest

import regulations

TONGLIANG = regulations.load("tongliang")
PROVISIONS = {
    name: getattr(TONGLIANG, name)
    for name in (
        "limits", "terms", "methods", "ways", "plan_items", "target_categories", "core_bodies",
        "invited_bodies", "referral_destinations", "result_receivers",
    )
}  # fmt: skip


@pytest.mark.parametrize("name", PROVISIONS)
def test_every_provision_names_a_clause_that_exists(name: str) -> None:
    assert PROVISIONS[name]
    for one in PROVISIONS[name]:
        TONGLIANG.article(one.article)


def test_rectification_is_reported_within_15_working_days_of_the_bulletin_and_never_extended() -> None:
    term = TONGLIANG.term("rectification_report")
    assert (term.length, term.unit, term.from_, term.article) == (15, "working_days", "督察通报之日", "14")
    assert term.extension_cap == 0
    assert "从督察通报之日起15个工作日内" in TONGLIANG.article(term.article).text


@pytest.mark.parametrize("name", ["review_application", "review_decision"])
def test_review_follows_the_decree_in_days_that_roll_off_a_rest_day(name: str) -> None:
    term = TONGLIANG.term(name)
    assert (term.length, term.unit, term.rollover, term.article) == (30, "days", True, "decree-733:17")
    assert "30日内" in TONGLIANG.article(term.article).text


def test_what_the_text_does_not_limit_has_no_term() -> None:
    with pytest.raises(regulations.UnknownProvision, match="self_inspection"):
        TONGLIANG.term("self_inspection")


def test_frequency_is_limited_in_principle_for_comprehensive_and_special_only() -> None:
    comprehensive, special = TONGLIANG.limit("comprehensive"), TONGLIANG.limit("special")
    assert (comprehensive.keys, comprehensive.window) == (("year",), "declared-year")
    assert (special.keys, special.window) == (("target", "problem", "domain"), "rolling")
    assert all((one.most, one.years, one.in_principle, one.article) == (1, 1, True, "12") for one in TONGLIANG.limits)
    with pytest.raises(regulations.UnknownProvision):
        TONGLIANG.limit("look_back")


@pytest.mark.parametrize(
    ("kind", "article", "count"), [("comprehensive", 8, 9), ("special", 9, 5), ("look_back", 10, 2)]
)
def test_the_contents_of_each_kind_are_the_items_of_its_article(kind: str, article: int, count: int) -> None:
    contents = TONGLIANG.contents(kind)
    assert [item.code for item in contents] == [f"{article}({number})" for number in range(1, count + 1)]
    assert not any(item.text.endswith(("；", "。")) for item in contents)


def test_each_kind_knows_who_approves_it_and_how_it_is_carried_out() -> None:
    assert [TONGLIANG.approver(kind.code) for kind in TONGLIANG.kinds] == [
        "authority",
        "authority",
        "responsible_leader",
    ]
    look_back = TONGLIANG.kind("look_back")
    assert (look_back.methods, look_back.in_principle_methods) == (("on_site", "written"), ("on_site",))
    for kind in TONGLIANG.kinds:
        for ref in (kind.article, kind.contents_article, kind.approver_article, kind.methods_article):
            TONGLIANG.article(ref)
        assert set(kind.methods) <= {method.code for method in TONGLIANG.methods}


def test_sampling_needs_written_and_on_site_together_in_a_comprehensive_inspection() -> None:
    comprehensive = TONGLIANG.kind("comprehensive")
    assert comprehensive.may_sample({"written", "on_site"})
    assert comprehensive.may_sample({"written", "on_site", "third_party"})
    assert not comprehensive.may_sample({"on_site"})
    assert not TONGLIANG.kind("special").may_sample({"written", "on_site"})


def test_the_plan_has_its_five_items_and_targets_their_five_categories() -> None:
    assert [item.code for item in TONGLIANG.plan_items] == [
        "purpose",
        "targets",
        "contents",
        "methods",
        "period",
    ]
    assert [one.article for one in TONGLIANG.target_categories] == [f"5({n})" for n in range(1, 6)]


@pytest.mark.parametrize("item", TONGLIANG.plan_items, ids=lambda item: item.code)
def test_a_part_of_the_plan_is_called_as_in_the_text(item: regulations.Item) -> None:
    assert item.text in TONGLIANG.article(item.article).text


@pytest.mark.parametrize(
    "body",
    TONGLIANG.core_bodies + TONGLIANG.invited_bodies + TONGLIANG.result_receivers,
    ids=lambda body: body.code,
)
def test_a_body_is_called_as_in_the_text(body: regulations.Body) -> None:
    assert body.name in TONGLIANG.article(body.article).text
