// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/plan/planrow.h"

class QLabel;
class QPlainTextEdit;

namespace tidemark {

// The whole value of one cell on both sides, with the characters that differ marked.
class ValueViewer final : public QWidget
{
    Q_OBJECT
public:
    explicit ValueViewer(QWidget *parent = nullptr);
    void setSides(const QString &source, const QString &target);
    void showCell(const QString &column, const PlanRowDetail &detail, int cell);
    void clear();

    // The part of a that b does not have, between their common start and end; never inside a surrogate pair.
    struct Span
    {
        qsizetype start = 0;
        qsizetype length = 0;
        bool operator==(const Span &) const = default;
    };
    static Span difference(const QString &a, const QString &b);

private:
    void fill(QPlainTextEdit *edit, bool present, bool isNull, const QString &text, const QString &other, bool mark,
              bool isSource, Decision decision);
    QString m_source, m_target;
    QLabel *m_sourceTitle;
    QLabel *m_targetTitle;
    QPlainTextEdit *m_sourceText;
    QPlainTextEdit *m_targetText;
};

} // namespace tidemark
