// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QThreadPool>

#include "tests/ui/support/conflictstage.h"
#include "tests/ui/support/person.h"
#include "ui/conflicts/answersdialog.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/conflicts/conflictwindow.h"

namespace tidemark {

// The window as a person finds it.
struct ConflictScene
{
    explicit ConflictScene(ConflictStage &stage) : window(stage.desk(), stage.job())
    {
        list = window.findChild<QListView *>(QStringLiteral("conflictList"));
        cells = window.findChild<ConflictCellView *>();
        listTester = std::make_unique<QAbstractItemModelTester>(list->model(),
                                                                QAbstractItemModelTester::FailureReportingMode::QtTest);
        cellTester = std::make_unique<QAbstractItemModelTester>(cells->model(),
                                                                QAbstractItemModelTester::FailureReportingMode::QtTest);
        window.show();
    }
    ~ConflictScene() { QThreadPool::globalInstance()->waitForDone(); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(cells, static_cast<Qt::Key>(key), modifiers);
    }
    QString text(int row, int column) const { return cells->model()->index(row, column).data().toString(); }
    QString outcome(int row) const { return text(row, ConflictCellModel::Outcome); }
    QString headline() const { return window.findChild<QLabel *>(QStringLiteral("conflictHeadline"))->text(); }
    QString note() const { return window.findChild<QLabel *>(QStringLiteral("conflictNote"))->text(); }
    QPushButton *button(const char *name) const { return window.findChild<QPushButton *>(QString::fromLatin1(name)); }
    AnswersDialog *dialog() const { return window.findChild<AnswersDialog *>(); }

    ConflictWindow window;
    QListView *list;
    ConflictCellView *cells;
    std::unique_ptr<QAbstractItemModelTester> listTester, cellTester;
};

} // namespace tidemark

#define SHOWN(scene, words) QTRY_VERIFY2((scene).headline().contains(words), qPrintable((scene).headline()))
