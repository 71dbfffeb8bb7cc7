// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/jobstage.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QThreadPool>

#include "core/config/jsontext.h"
#include "ui/main/sample.h"

using namespace Qt::StringLiterals;

namespace tidemark {

JobStage::JobStage()
{
    person::elsewhere([this] {
        m_desk = *Desk::open(m_folder.filePath(u"workspace"_s), {});
        Cancellation cancellation;
        QVERIFY(buildSample(*m_desk, m_folder.filePath(u"samples"_s), cancellation));
    });
    m_watch = std::make_unique<person::Watch>();
}

JobStage::~JobStage()
{
    m_watch.reset();
    QThreadPool::globalInstance()->waitForDone();
}

std::unique_ptr<JobDialog> JobStage::open(const QString &job) const
{
    const QString file = job.isEmpty() ? QString() : m_desk->workspace().jobFile(job);
    auto dialog = std::make_unique<JobDialog>(m_desk, file, QStringList{u"taken"_s});
    dialog->show();
    if (!QTest::qWaitFor([&] { return dialog->isEnabled(); }, 10'000))
        qWarning("the editor does not open");
    return dialog;
}

std::unique_ptr<JobDialog> JobStage::openAt(const QJsonObject &job, const QString &table) const
{
    const QString name = job.value("name"_L1).toString();
    write(name, job);
    auto dialog = open(name);
    editor::page(*dialog, 2);
    const bool stands = QTest::qWaitFor([&] { return editor::tables(*dialog)->model()->rowCount() == 4; }, 10'000);
    return stands && editor::pickTable(*dialog, table) ? std::move(dialog) : nullptr;
}

void JobStage::write(const QString &name, const QJsonObject &job) const
{
    person::elsewhere([&] { QVERIFY(replaceFile(m_desk->workspace().jobFile(name), jsonText(job), true)); });
}

QJsonObject JobStage::plainJob(const QString &name, const QJsonValue &tables)
{
    return {{u"tidemark"_s, 1},       {u"name"_s, name},    {u"source"_s, u"Till"_s}, {u"target"_s, u"Report copy"_s},
            {u"mode"_s, u"mirror"_s}, {u"tables"_s, tables}};
}

void editor::page(JobDialog &dialog, int number)
{
    dialog.activateWindow(); // a list that came down may have been the active window
    QVERIFY(QTest::qWaitFor([&] { return dialog.isActiveWindow(); }, 30'000));
    QTest::keyClick(&dialog, static_cast<Qt::Key>(Qt::Key_0 + number), Qt::ControlModifier);
}

void editor::settle(const JobDialog &dialog)
{
    QSignalSpy changed(&dialog.checks(), &EditorChecks::changed);
    QVERIFY(changed.wait(10'000));
    QTRY_VERIFY_WITH_TIMEOUT(dialog.checks().state() == EditorChecks::State::Checked, 10'000);
}

void editor::clear(const JobDialog &dialog, const QString &field)
{
    auto *line = qobject_cast<QLineEdit *>(person::field(dialog, field));
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(line, Qt::Key_Delete);
}

QTableView *editor::tables(const JobDialog &dialog) { return dialog.findChild<QTableView *>(u"tables"_s); }

bool editor::pickTable(const JobDialog &dialog, const QString &name)
{
    QTableView *view = tables(dialog);
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        const QModelIndex index = view->model()->index(row, 1);
        if (view->model()->index(row, 0).data().toString() != name)
            continue;
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
        return view->currentIndex().row() == row;
    }
    return false;
}

QWidget *editor::tab(const JobDialog &dialog, int at)
{
    auto *tabs = dialog.findChild<QTabWidget *>(u"tableTabs"_s);
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(at).center());
    return tabs->currentIndex() == at ? tabs->widget(at) : nullptr;
}

QJsonObject editor::table(const JobDialog &dialog, const QString &name)
{
    const int at = draft::indexOf(dialog.draft().json(), {{}, name});
    return dialog.draft().json().value("tables"_L1).toArray().at(at).toObject();
}

} // namespace tidemark
