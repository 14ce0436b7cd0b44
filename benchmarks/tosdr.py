"""Single quotations from platform terms, labelled by a crowd: how many of each kind are found, and how many fair ones are called risks."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

from fairterms.analyzer.analyze import analyze
from fairterms.analyzer.detect.tools import open_analyzer
from fairterms.analyzer.language import open_language
from fairterms.analyzer.readers import read_text
from fairterms.clauses.load import load_library

# The terms of the library that say what a label of the crowd says; a FAIR label is a decoy for its terms.
TERMS_OF = {
    "unilateral_termination": ("unilateral_termination_forfeiture",),
    "warranty_disclaimer": ("one_sided_liability_cap",),
    "indemnity": ("creator_indemnity",),
    "governing_law_or_forum": ("distant_forum",),
    "unilateral_change": ("unilateral_change", "hidden_terms"),
    "unilateral_change_with_notice": ("unilateral_change", "hidden_terms"),
    "liability_exclusion_or_cap": ("one_sided_liability_cap",),
    "class_action_waiver": ("forced_arbitration_class_waiver",),
    "arbitration": ("forced_arbitration_class_waiver",),
    "shortened_limitation_period": ("one_sided_liability_cap", "forced_arbitration_class_waiver"),
    "licence_survives_termination": ("perpetual_term", "irrevocable_grant", "broad_survival", "no_deletion_duty"),
    "moral_rights_waiver": ("moral_rights_waiver",),
    "any_media_known_or_future": ("future_media", "broad_grant"),
    "ip_assignment": ("copyright_assignment", "work_for_hire"),
    "use_in_all_existing_and_future_services": ("broad_grant", "future_media"),
    "sublicensing": ("sublicensing_unlimited",),
    "auto_renewal_or_recurring_charge": ("auto_renewal",),
    "overbroad_licence": ("broad_grant", "worldwide_territory", "derivative_works"),
    "no_compensation": ("no_payment", "one_time_buyout"),
    "FAIR_termination_by_user": ("unilateral_termination_forfeiture", "no_termination_right"),
    "FAIR_creator_keeps_ownership": ("copyright_assignment", "work_for_hire"),
    "FAIR_can_withdraw_content": ("irrevocable_grant", "perpetual_term", "no_deletion_duty"),
    "FAIR_notice_of_change": ("unilateral_change",),
    "FAIR_limited_licence": ("broad_grant",),
    "FAIR_no_arbitration": ("forced_arbitration_class_waiver",),
    "FAIR_non_exclusive": ("exclusivity",),
}


def run(data: Path, predictions: Path | None, show_errors: int) -> dict[str, float]:
    """Print for each label in how many quotations a risk of its terms was found, and return the shares of both kinds."""
    analyzer = open_analyzer(load_library(), open_language())
    with gzip.open(data, "rt", encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    count: Counter[str] = Counter()
    found: Counter[str] = Counter()
    lines = []
    for entry in entries:
        label = entry.get("creator_label")
        if label not in TERMS_OF and predictions is None:
            continue
        document = read_text(entry["text"], name="quotation")
        risks = sorted({f.term for f in analyze(document, analyzer).findings if f.polarity == "risk"})
        analyzer.forget()
        lines.append(json.dumps({"id": entry["id"], "terms": risks}) + "\n")
        if label in TERMS_OF:
            count[label] += 1
            found[label] += bool(set(risks) & set(TERMS_OF[label]))
    if predictions is not None:
        predictions.write_text("".join(lines), encoding="utf-8")
    for label, of in sorted(count.items(), key=lambda item: (item[0].startswith("FAIR"), -item[1])):
        print(f"  {label:<42} {'called a risk' if label.startswith('FAIR') else 'found'} {found[label]:3} of {of:3}")
    risky = [label for label in count if not label.startswith("FAIR")]
    fair = [label for label in count if label.startswith("FAIR")]
    shares = {}
    for name, labels in (("risks found", risky), ("fair ones called risks", fair)):
        shown, of = sum(found[label] for label in labels), sum(count[label] for label in labels)
        print(f"{name}: {shown} of {of}")
        shares[name] = shown / of if of else 0.0
    return shares
