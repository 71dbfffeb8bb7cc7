#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the two-way engine on purpose, one way at a time, and shows which test notices.

    tests/mutants.py [NAME...]      all of them, or those named

Works on a copy of the last commit in a temporary folder, with the preset dev. A mutant that no test notices is a
hole in the tests: exit code 1.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = ["tst_twoway", "tst_mergerow", "tst_basefile", "tst_twowaybase", "tst_twowayrun", "tst_twowaymodel"]

# Name, file, what stands there, what is put in its place.
MUTANTS = [
    ("delete taken for insert", "core/reconcile/twoway.cpp",
     "if (there == SideState::Same)\n        return pick(TwoWayCase::TargetDeleted, TwoWayCase::SourceDeleted);",
     "if (there == SideState::Same)\n        return pick(TwoWayCase::SourceInserted, TwoWayCase::TargetInserted);"),
    ("update over a deleted row", "core/reconcile/twoway.cpp",
     "return oneDeleted || !evidence.newer ? TwoWayAction::Ask", "return !evidence.newer ? TwoWayAction::Ask"),
    ("clash merged silently", "core/reconcile/mergerow.cpp",
     "return std::find(origins.begin(), origins.end(), CellOrigin::Clash) != origins.end();", "return false;"),
    ("sum without its start", "core/reconcile/cellarithmetic.cpp",
     "wideInteger(a) + wideInteger(b) - wideInteger(base)", "wideInteger(a) + wideInteger(b)"),
    ("no guard on the picture", "core/apply/tableapplierplanned.cpp",
     "update ? there && now.fingerprint(found->second) == target.fingerprint(decision.targetRow) : !there;",
     "update ? there : !there;"),
    ("unguarded delete", "core/apply/tableapplierdeletes.cpp",
     "if (m_planned && now.fingerprint(found->second) != rows.fingerprint(row))", "if (false)"),
    ("base before the commit", "core/run/twowaybase.cpp",
     "return m_s.file.promise(table, {side, m_s.generation, epoch}, changes);",
     "return (void)epoch, m_s.file.change(table, changes);"),
    ("promise always kept", "core/run/twowaybase.cpp",
     "if (!side || side->generation != promise.generation)\n        return false;",
     "if (!side || side->generation != promise.generation)\n        return true;"),
    ("promise never kept", "core/run/twowaybase.cpp", "return side->epoch >= promise.epoch;", "return false;"),
    ("lost answer counts as rolled back", "core/run/twowaybase.cpp", "epoch > before", "epoch > before && false"),
    ("base of another journal", "core/journal/basepicture.cpp",
     "if (head->journalId != now.journalId)", "if (false)"),
    ("base of another generation", "core/journal/basepicture.cpp",
     "return found == settled || (!head->writing.isEmpty() && found == head->writing);",
     "return found == settled || !found.isEmpty();"),
    ("sides not marked before the rows", "core/run/twowayapply.cpp",
     "TRY(stamp(JobSide::Source, work.toSource, false));", ""),
    ("merge without an intention", "core/run/twowaymerges.cpp",
     "return m_s.outlet.intend(std::move(record));", "return Result<void>();"),
    ("cut merge computed afresh", "core/run/twowaymerges.cpp", "return begun ? askAboutMerge(pair, equal) : forgetMergeAndDecide(pair, equal);",
     "return (void)begun, forgetMergeAndDecide(pair, equal);"),
    ("row lost by both kept in the base", "core/run/twowaysink.cpp",
     "return m_s.outlet.changeBase({key, std::nullopt});", "return Result<void>();"),
    ("agreed rows not adopted", "core/run/twowaysink.cpp",
     "pair.targetRow);\n    return m_s.outlet.changeBase({pair.key, std::move(record)});",
     "pair.targetRow);\n    return Result<void>();"),
    ("echo taken for an edit", "core/run/twowaysink.cpp",
     "return same ? SideState::Same : SideState::Changed;", "return (void)same, SideState::Changed;"),
    ("answer to another picture", "core/run/twowaysink.cpp",
     "return asShown ? &known : nullptr;", "return (void)asShown, &known;"),
    ("a promise needs a later epoch", "core/run/twowaybase.cpp",
     "return side->epoch >= promise.epoch;", "return side->epoch > promise.epoch;"),
    ("keys sort without their ends", "core/data/orderedkey.cpp", "out.append(2, '\\0');", ""),
]


def run(command, folder, **more):
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def noticed(folder, test):
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8", TZ="UTC")
    try:
        return run([str(folder / "build/dev/tests" / test), "-maxwarnings", "0"], folder, env=environment,
                   timeout=600).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main(names):
    chosen = [mutant for mutant in MUTANTS if not names or mutant[0] in names]
    unknown = set(names) - {mutant[0] for mutant in chosen}
    if unknown:
        sys.exit("no such mutant: " + ", ".join(sorted(unknown)))
    work = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-mutants."))
    unnoticed = []
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(work / "tree")], check=True)
        tree = work / "tree"
        for command in (["cmake", "--preset", "dev"], ["ninja", "-C", "build/dev", *TESTS]):
            built = run(command, tree)
            if built.returncode:
                sys.exit(built.stdout[-4000:])
        for name, path, old, new in chosen:
            file = tree / path
            text = file.read_text(encoding="utf-8")
            if text.count(old) != 1:
                sys.exit(f"{name}: {path} does not say it once: {old}")
            file.write_text(text.replace(old, new), encoding="utf-8")
            built = run(["ninja", "-C", "build/dev", *TESTS], tree)
            if built.returncode:
                sys.exit(f"{name} does not build:\n{built.stdout[-4000:]}")
            catchers = [test for test in TESTS if noticed(tree, test)]
            print(f"{name:36} {' '.join(catchers) or 'NOBODY NOTICES'}", flush=True)
            if not catchers:
                unnoticed.append(name)
            file.write_text(text, encoding="utf-8")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{len(chosen) - len(unnoticed)} of {len(chosen)} mutants noticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
