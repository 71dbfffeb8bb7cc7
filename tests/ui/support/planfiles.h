// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QTemporaryDir>

#include "core/journal/planfile.h"

class QAction;
class QLabel;
class QTableView;
class QWidget;

namespace tidemark {

class PlanRowModel;
class PreviewWindow;
class RowsView;

// Plan files for tests of the preview.
namespace plans {

using Cell = std::optional<QByteArray>;

void append(RowBatch &batch, const QList<Cell> &cells);
PlanTable table(const QString &name, int cells); // of texts: id, c1, c2 …; 5 rows are equal
// Of three rows one is inserted, one updated in its last cell, one deleted. large: the last cell of the second row.
bool fill(PlanWriter &writer, PlanTable table, int rows, const QByteArray &large = {});

// One table of numbered rows: id, name, note. Of ten rows the first is inserted, the second deleted, eight updated in
// their note. Answers the table as it is read.
PlanTable writeNumbered(const QString &file, int rows, const QByteArray &note);

} // namespace plans

// A preview of two tables that stands: orders (id, c1, c2, c3), and lines with three rows. "Till" → "Report".
class PreviewFixture
{
protected:
    bool open(const std::function<void(PlanTable &)> &change = {}, int rows = 30, const QByteArray &large = {});
    QWidget *find(const QString &name) const;
    QString write() const; // on the button
    QString label(const QString &name) const;
    PlanRowModel &model() const;
    RowsView &rows() const;
    QTableView &view(const QString &name) const;
    QAction *action(const QString &text) const;
    bool choose(const QString &text); // of the row menu, by key
    bool click(const QString &text); // a button that is visible, by its text

    QTemporaryDir m_folder;
    int m_number = 0;
    qint64 m_createdUs = 0; // of the plans that follow
    std::unique_ptr<PreviewWindow> m_window;
};

} // namespace tidemark
