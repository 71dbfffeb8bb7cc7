// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/detect/advicequestions.h"

namespace tidemark {

// The findings of one column in one part: a timestamp's, a version's or a flag's.
class ColumnAdvice
{
public:
    ColumnAdvice(Questions &questions, const Column &column, const DetectSettings &detect, bool isChosen);

    Result<CandidateAdvice> run();

private:
    using Answer = Questions::Answer;

    Result<void> stamp();
    Result<void> version();
    Result<void> flag();

    // By cursor and flag (columnadvice.cpp).
    Result<void> index();
    Result<void> nulls();
    Result<void> setter();
    Result<bool> triggered(Finding &finding); // true: the finding is made
    Result<void> insertedOnly(Finding &finding);
    Result<void> ties();
    Result<void> order();

    // Stamps alone (stampadvice.cpp).
    Result<void> precision();
    Result<void> zone();
    Result<void> future();
    Result<void> lateCommits();

    // Versions and flags (versionadvice.cpp).
    Result<void> scope();
    Result<void> sequence();
    Result<void> flagValues();
    Result<void> flagTriggers();

    Finding make(FindingCode code, Grade grade) const;
    void add(Finding finding) { m_advice.findings += std::move(finding); }
    QString from() const; // the newest values where an index leads to them, else the sample
    QString name() const { return m_questions.quote(m_column.name); }
    bool isTyped() const; // the database itself keeps values that are no times, or no numbers, out

    Questions &m_questions;
    const Column &m_column;
    bool m_chosen; // by a person: what it says of scope, lag and values is kept
    bool m_indexed = false;
    CandidateAdvice m_advice;
};

Grade worst(const QList<Finding> &findings);

} // namespace tidemark
