#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks the engine on purpose, one way at a time, and shows which test notices.

    tests/mutants.py [--tree FOLDER] [NAME...]      all of them, or those named

Works on a copy of the last commit, with the preset dev: in a temporary folder, or in FOLDER, which stays and makes the
next time quicker. A mutant that none of its tests notices is a hole in the tests: exit code 1.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HISTORIES = "5000"  # of the model

MODEL = "tst_twowaymodel"
SETTLED = "TRY(resolver.resolveRows(rows));\n        m_found.counts.sourceRows = before + resolver.counts().sourceRows;"

# Name, the tests that may notice it (the first one that does is shown), file, what stands there, what is put in its
# place; the last two again where it takes several changes.
MUTANTS = [
    ("a delete is taken for an insert", "tst_twoway tst_twowayrun", "core/reconcile/twoway.cpp",
     "if (there == SideState::Same)\n        return pick(TwoWayCase::TargetDeleted, TwoWayCase::SourceDeleted);",
     "if (there == SideState::Same)\n        return pick(TwoWayCase::SourceInserted, TwoWayCase::TargetInserted);"),
    ("an edit goes over a deleted row", "tst_twoway", "core/reconcile/twoway.cpp",
     "return oneDeleted || !evidence.newer ? TwoWayAction::Ask", "return !evidence.newer ? TwoWayAction::Ask"),
    ("a clash merges silently", "tst_mergerow tst_twowayrun", "core/reconcile/mergerow.cpp",
     "return std::find(origins.begin(), origins.end(), CellOrigin::Clash) != origins.end();", "return false;"),
    ("a sum forgets its start", "tst_mergerow tst_twowayrun", "core/reconcile/cellarithmetic.cpp",
     "wideInteger(a) + wideInteger(b) - wideInteger(base)", "wideInteger(a) + wideInteger(b)"),
    ("an echo is taken for an edit", "tst_twowayrun tst_twowayengine", "core/run/twowaysink.cpp",
     "return same ? SideState::Same : SideState::Changed;", "return SideState::Changed;"),
    ("no guard on the picture", "tst_twowayrun", "core/apply/tableapplierplanned.cpp",
     "update ? there && now.fingerprint(found->second) == target.fingerprint(decision.targetRow) : !there;",
     "update ? there : !there;"),
    ("no guard on a delete", "tst_twowayrun", "core/apply/tableapplierdeletes.cpp",
     "if (m_planned && now.fingerprint(found->second) != rows.fingerprint(row))", "if (false)"),
    ("no guard on how much is deleted", "tst_guard", "core/apply/guard.cpp",
     "if (deletes > guard.rows)", "if (false)"),
    ("the base is written before the rows", "tst_twowaybase", "core/run/twowaybase.cpp",
     "return m_s.file.promise(table, {side, m_s.generation, epoch}, changes, merged);",
     "return m_s.file.change(table, changes);"),
    ("a promise is always kept", "tst_twowaybase", "core/run/twowaybase.cpp",
     "if (!side || side->generation != promise.generation)\n        return false;",
     "if (!side || side->generation != promise.generation)\n        return true;"),
    ("a promise is never kept", "tst_twowaybase", "core/run/twowaybase.cpp",
     "return side->epoch >= promise.epoch;", "return false;"),
    ("> for >=: a promise needs a later epoch", "tst_twowaybase", "core/run/twowaybase.cpp",
     "return side->epoch >= promise.epoch;", "return side->epoch > promise.epoch;"),
    ("a lost answer counts as rolled back", "tst_twowaybase", "core/run/twowaybase.cpp",
     "epoch > before", "epoch > before && false"),
    ("a base of another journal", "tst_basefile tst_twowayrun", "core/journal/basepicture.cpp",
     "if (head->journalId != now.journalId)", "if (false)"),
    ("a base of another generation", "tst_basefile tst_twowayrun", "core/journal/basepicture.cpp",
     "return found == settled || (!head->writing.isEmpty() && found == head->writing);",
     "return found == settled || !found.isEmpty();"),
    ("sides are not marked before the rows", f"tst_twowayrun {MODEL}", "core/run/twowayapply.cpp",
     "TRY(stamp(JobSide::Source, work.toSource, false));", ""),
    ("a row lost by both stays in the base", "tst_twowayrun", "core/run/twowaysink.cpp",
     "return m_s.outlet.changeBase({key, std::nullopt});", "return Result<void>();"),
    ("rows that agree are not adopted", "tst_twowayrun", "core/run/twowaysink.cpp",
     "pair.targetRow);\n    return m_s.outlet.changeBase({pair.key, std::move(record)});",
     "pair.targetRow);\n    return Result<void>();"),
    ("a merge without an intention", "tst_twowayrun", "core/run/twowaymerges.cpp",
     "return m_s.outlet.intend(std::move(record));", "return Result<void>();"),
    ("a merge that was cut off is computed afresh", "tst_twowayrun", "core/run/twowaymerges.cpp",
     "now.base = baseLeftBy(pair, merge, left);", ""),
    ("what a merge reached is not looked up", "tst_twowaybase tst_twowayrun", "core/journal/basefile.cpp",
     "for (const char *const sql : {keep, drop, merged, done})", "for (const char *const sql : {keep, drop, done})"),
    ("what is left of a merge is not kept", "tst_twowaybase tst_twowayrun", "core/run/twowaybase.cpp",
     "m_rebased.push_back(std::move(row));", ""),
    ("unguarded resolve: an answer to another picture", f"tst_twowayrun tst_twowayengine {MODEL}",
     "core/run/twowaysink.cpp", "return asShown ? &known : nullptr;", "return &known;"),
    ("an answer is written twice", f"tst_twowayengine tst_twowayrun {MODEL}", "core/run/twowaysink.cpp",
     "&& known.base == baseOf(pair)", ""),
    ("keys sort without their ends", "tst_basefile tst_twowaybase", "core/data/orderedkey.cpp",
     "out.append(2, '\\0');", ""),
    ("watermark before rows: those held back do not count", "tst_enginestops tst_engine",
     "core/apply/tableapplier.cpp", "if (!m_end || heldBack() > 0)", "if (!m_end)"),
    ("watermark before rows: it moves on before they are taken", "tst_enginestops tst_engine",
     "core/run/tabledetector.cpp", SETTLED, "", "m_s.advanced(m_found.position);\n            break;\n        }",
     "m_s.advanced(m_found.position);\n            break;\n        }\n        " + SETTLED),
    ("no retry set", "tst_engine tst_enginerefused", "core/apply/tableapplier.cpp",
     "TRY(m_s.journal.addRetries(m_s.job.id, m_s.pair.checkpointKey.table, m_newRetries));", ";",
     "TRY(m_s.journal.addRetries(m_s.job.id, table, std::exchange(m_newRetries, {})));", "m_newRetries.clear();"),
    ("the retry set is not read", "tst_engine tst_enginerefused", "core/run/tabledetector.cpp",
     "if (m_s.retries.isEmpty())", "if (true)"),
    ("boundary read after the snapshot", "tst_enginepromises tst_engine tst_enginetraps", "core/run/sides.cpp",
     "TRY_ASSIGN(m_context.bound, m_source->commitBound());\n    TRY(m_source->beginRead());",
     "TRY(m_source->beginRead());\n    TRY_ASSIGN(m_context.bound, m_source->commitBound());"),
    ("> for >=: a cursor beyond the boundary counts", "tst_engine tst_enginepromises", "core/run/cursors.cpp",
     "return time && *time <= *m_us;", "return time.has_value();"),
    ("> for >=: rows of the last cursor are not read again", "tst_sqliterows", "core/endpoint/sql/sqlite/sqlitereader.cpp",
     "+ \" >= \"_L1", "+ \" > \"_L1"),
    ("absent read as insert: a deleted row is written anew", "tst_twowayrun", "core/apply/tableapplierplanned.cpp",
     "update ? there && now.", "update ? !there || now."),
    ("two ways: a position moves before the rows", "tst_twowaycursors", "core/run/twowaycompare.cpp",
     "const bool named = !few && work.changes->isTrusted();",
     "if (!few && !plans() && work.changes->isWanted())\n        TRY(work.changes->settle());\n"
     "    const bool named = !few && work.changes->isTrusted();"),
    ("two ways: a cursor beyond the boundary counts", "tst_twowaycursors", "core/run/twowaychanges.cpp",
     "if (limit.admits(cursor))", ""),
    ("two ways: boundary read after the snapshot", "tst_twowaycursors", "core/run/twowaychanges.cpp",
     "if (snapshot.isEmpty()) {\n        TRY_ASSIGN(bound, session->commitBound());\n    }\n"
     "    TRY(session->beginRead(snapshot));",
     "TRY(session->beginRead(snapshot));\n    if (snapshot.isEmpty()) {\n"
     "        TRY_ASSIGN(bound, session->commitBound());\n    }"),
    ("two ways: a position of another snapshot than the rows'", "tst_twowaycursors tst_loggedtwoway", "core/run/twowaychanges.h",
     "return side.sharesSnapshot ? m_context.snapshot : QByteArray();", "return side.connection.name.left(0).toUtf8();"),
    ("two ways: what is left unwritten is forgotten", "tst_twowaycursors", "core/run/twowaycompare.cpp",
     "return work.left.isEmpty()\n", "return true\n"),
    ("two ways: open conflicts are not looked at again", "tst_twowaycursors", "core/run/twowaycompare.cpp",
     "TRY(work.conflicts->eachKey(addRows));", ""),
    ("two ways: the retry set is not read", "tst_twowaycursors", "core/run/twowaycompare.cpp",
     "TRY(keys.add(again));", ""),
    ("two ways: keys that are gone are not looked for", "tst_twowaycursors", "core/run/twowaycompare.cpp",
     "if (work.changes->wantsKeys())", "if (false)"),
    ("two ways: merges that were cut off are not looked at", "tst_twowaycursors", "core/run/twowaycompare.cpp",
     "TRY(addRows(merged));", ""),
    ("two ways: a position of another column is kept", "tst_twowaycursors", "core/run/twowaychanges.cpp",
     "known->readDigest != m_toTarget.readDigest || ", ""),
    ("two ways: an edit takes along what the other side rounded", "tst_twowayengine", "core/run/twowaysink.cpp",
     "if (!oneEdited)", "if (oneEdited)"),
    ("two ways: nobody is told that the base counts for nothing", "tst_twowayengine", "core/run/twowaycompare.cpp",
     'return QStringLiteral("base-generation");', "return {};"),
    ("one transaction: a side commits before the other is written", "tst_twowaytransactions",
     "core/run/twowayunits.cpp",
     "TRY(onUnit(order, [&](Work &work) { return work.to(side).applier->retryRefused(lastPass); }));",
     "TRY(onUnit(order, [&](Work &work) { return work.to(side).applier->retryRefused(lastPass); }));\n"
     "        TRY(unit.to(side)->commit());"),
    ("one transaction: what one table cannot do, others have done", "tst_twowaytransactions",
     "core/run/twowayunits.cpp", "if (current->report.error)\n                return fail(*current->report.error);",
     "if (current->report.error)\n                continue;"),
    ("one transaction: groups of one side alone", "tst_twowaytransactions", "core/run/twowayunits.cpp",
     "groups = m_targetOrder.groups;", "groups;\n        for (int i = 0; i < int(m_tables.size()); ++i)\n"
     "            groups.push_back({i});\n        m_sourceOrder.groups = {};"),
    ("one transaction: the second side's is forgotten", "tst_twowayscopes", "core/run/twowayunits.cpp",
     "return unit.to(JobSide::Source)->commit();", "return {};"),
    ("two ways: a position is never kept", "tst_twowaystamps", "core/run/twowaychanges.cpp",
     "TRY(m_context.journal.saveCheckpoint(position));", ""),
    ("two ways: two rows of one key", "tst_twowaytraps", "core/run/twowaycompare.cpp",
     "TRY(requireUnique(atTarget, targetRows));", ""),
    ("a plan overlooks what an earlier run promised", "tst_twowayplans", "core/run/twowayrun.cpp",
     "if (!m_base || promises)", "if (!m_base)"),
    ("an approved plan lets all pass", "tst_twowayplans", "core/run/twowaycompare.cpp",
     "if (!m_answeredOnly && (!m_work.approval || m_work.approval->take(source, target, item)))", "if (true)"),
    ("a row made anew beside an answer is none", MODEL, "core/run/twowaymerges.cpp",
     "!waitsForAnswer(now, equal, merge)", "true"),
    ("a second look forgets a table that failed", "tst_twowaykinds", "core/run/twowayexecution.cpp",
     "now.error = now.error ? now.error : before->error;", ""),
    ("what moved while it was written waits", "tst_twowaykinds", "core/run/twowayexecution.cpp",
     "again = !reason && hasMoved() && looks++ < looksAtMoved;", "again = false;"),
    ("undo: applied before the commit", "tst_undofile tst_undo", "core/journal/undowriter.cpp",
     "UPDATE batches SET state = 1, epoch", "UPDATE batches SET state = 2, epoch"),
    ("undo: what was in doubt counts as applied", "tst_undofile tst_undo", "core/journal/undowriter.cpp",
     "TRY(was < epoch ? setState(batch, State::Applied) : dropBatch(batch));", "TRY(setState(batch, State::Applied));"),
]


def run(command, folder, **more):
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def build(tree, tests):
    return run(["ninja", "-C", "build/dev", *tests], tree)


def who_notices(tree, test):
    """The function that fails, or how else the test ends; None: it passes."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8", TZ="UTC",
                       TIDEMARK_HISTORIES=HISTORIES)
    try:
        ended = run([str(tree / "build/dev/tests" / test), "-maxwarnings", "0"], tree, env=environment, timeout=600)
    except subprocess.TimeoutExpired:
        return "does not end"
    failed = re.search(r"^FAIL!  : \w+::([^ ]+)", ended.stdout, re.MULTILINE)
    if failed:
        return failed.group(1)
    return None if ended.returncode == 0 else f"ends with {ended.returncode}"


def changed(text, changes, name, path):
    for old, new in zip(changes[::2], changes[1::2]):
        if text.count(old) != 1:
            sys.exit(f"{name}: {path} does not say it once: {old}")
        text = text.replace(old, new)
    return text


def try_mutant(tree, mutant):
    """Whether it was noticed."""
    name, tests, path, *changes = mutant
    file = tree / path
    text = file.read_text(encoding="utf-8")
    file.write_text(changed(text, changes, name, path), encoding="utf-8")
    try:
        for test in tests.split():
            built = build(tree, [test])
            if built.returncode:
                sys.exit(f"{name} does not build:\n{built.stdout[-4000:]}")
            if noticed := who_notices(tree, test):
                print(f"{name:62} {test}: {noticed}", flush=True)
                return True
        print(f"{name:62} NOBODY NOTICES", flush=True)
        return False
    finally:
        file.write_text(text, encoding="utf-8")


def prepare(tree, tests):
    if not tree.exists():
        subprocess.run(["git", "clone", "-q", str(ROOT), str(tree)], check=True)
    else:
        subprocess.run(["git", "fetch", "-q", "origin", "HEAD"], cwd=tree, check=True)
        subprocess.run(["git", "checkout", "-q", "--force", "--detach", "FETCH_HEAD"], cwd=tree, check=True)
    configured = run(["cmake", "--preset", "dev", "-DTIDEMARK_WERROR=OFF"], tree)
    if configured.returncode:
        sys.exit(configured.stdout[-4000:])
    built = build(tree, tests)
    if built.returncode:
        sys.exit(built.stdout[-4000:])
    for test in tests:
        if failed := who_notices(tree, test):
            sys.exit(f"{test} fails without any mutant: {failed}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tree", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    chosen = [mutant for mutant in MUTANTS if not arguments.names or mutant[0] in arguments.names]
    unknown = set(arguments.names) - {mutant[0] for mutant in chosen}
    if unknown:
        sys.exit("no such mutant: " + ", ".join(sorted(unknown)))
    work = None if arguments.tree else pathlib.Path(tempfile.mkdtemp(prefix="tidemark-mutants."))
    tree = (arguments.tree or work / "tree").absolute()
    try:
        prepare(tree, sorted({test for mutant in chosen for test in mutant[1].split()}))
        noticed = sum(try_mutant(tree, mutant) for mutant in chosen)
    finally:
        if work:
            shutil.rmtree(work, ignore_errors=True)
    print(f"{noticed} of {len(chosen)} mutants noticed")
    return 0 if noticed == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
