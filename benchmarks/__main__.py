"""``python -m benchmarks TASK --data PATH [--predictions OUT.jsonl]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import acord, claudette, clauses, contract_nli, creator, cuad, proposals, speed, tosdr

TASKS = {
    "acord": acord.run,
    "claudette": claudette.run,
    "clauses": clauses.run,
    "contract_nli": contract_nli.run,
    "creator": creator.run,
    "cuad": cuad.run,
    "proposals": proposals.run,
    "speed": speed.run,
    "tosdr": tosdr.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        help="a labelled file (claudette, clauses, contract_nli, creator, cuad, proposals, tosdr) or a folder of contracts (proposals, speed) or of clauses and questions (acord)",
    )
    parser.add_argument("--predictions", type=Path, help="write what was predicted there, one JSON value a line")
    parser.add_argument(
        "--errors",
        type=int,
        default=0,
        metavar="N",
        help="print N errors, the worst first where they have a rank (claudette, clauses, contract_nli, creator, cuad)",
    )
    parser.add_argument(
        "--against", type=Path, help="the predictions of an earlier run: tell gains and losses (creator)"
    )
    parser.add_argument(
        "--measures", type=Path, help="write precision and recall by kind of finding, as reports show them (creator)"
    )
    options = parser.parse_args()
    if options.against is not None or options.measures is not None:
        if options.task != "creator":
            parser.error("--against and --measures go with creator only")
        creator.run(options.data, options.predictions, options.errors, options.against, options.measures)
    else:
        TASKS[options.task](options.data, options.predictions, options.errors)


if __name__ == "__main__":
    main()
