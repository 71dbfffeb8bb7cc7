// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/detect/decisionsink.h"
#include "core/detect/rowstream.h"

namespace tidemark {

// Complete comparisons of two sides. Both need unique keys: a key met twice at one side is KeyNotUnique, a NULL or
// unreadable key cell KeyUnusable, each before any delete could follow, since deletes come only after the whole read.

// Both streams in strictly increasing canonical key order, which is asserted: one pass, memory for a batch a side.
// An order that is broken is KeyUnusable with Fact::Expected = "order" (isBrokenOrder); the caller falls back to
// hashJoin.
// `layout` is both sides', and of what the sink is handed of a side that has no row.
Result<CompareCounts> orderedMerge(RowSource &source, RowSource &target, const std::shared_ptr<const RowLayout> &layout,
                                   const OneWayRules &rules, DecisionSink &sink, const CompareProgress &progress);

// Any order. The target is held in memory up to memoryBytes, then both sides are partitioned by key hash into temporary
// files and joined part by part.
// `layout` is both sides'. Where no index keeps the source's key unique, both sides are always partitioned, so that a
// key met twice is found.
Result<CompareCounts> hashJoin(RowSource &source, RowSource &target, const std::shared_ptr<const RowLayout> &layout,
                               const OneWayRules &rules, DecisionSink &sink, const CompareProgress &progress,
                               bool sourceKeyIsUnique, qint64 memoryBytes = 32 << 20);

bool isBrokenOrder(const Error &error);

// "a key cell is NULL or could not be read", or nothing.
std::optional<Error> keyFault(const RowBatch &batch, int row);
QString keyText(const RowBatch &batch, int row); // the key's cells for people: "3, abc"

// What a comparison of one key pair leads to; counts it and fills in the decision. false: nothing is to be written.
bool decideRow(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow, const OneWayRules &rules,
               CompareCounts &counts, RowDecision &decision);

} // namespace tidemark
