// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "ui/jobs/engine.h"
#include "ui/main/sample.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/scriptwindow.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The script of a preview, over the sample.
class TestPreviewScript : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void ofAllThatIsTicked();
    void ofTheSelection();
    void copiesTheWhole();
    void leavesNothingBehind();
    void saysWhatWentWrong();

private:
    ScriptWindow *script() const;
    QString text(const ScriptWindow &window) const
    {
        return window.findChild<QPlainTextEdit *>(u"script"_s)->toPlainText();
    }

    QTemporaryDir m_root;
    int m_number = 0;
    std::shared_ptr<Desk> m_desk;
    JobSettings m_job;
    std::unique_ptr<PreviewWindow> m_preview;
};

void TestPreviewScript::init()
{
    m_preview.reset();
    const QString folder = m_root.filePath(QString::number(++m_number));
    auto desk = Desk::open(folder + u"/workspace"_s, {});
    QVERIFY(desk);
    m_desk = *desk;
    Cancellation cancellation;
    QVERIFY(buildSample(*m_desk, folder + u"/samples"_s, cancellation));
    const auto job = m_desk->workspace().job(m_desk->workspace().jobs().value().first().name);
    QVERIFY(job);
    m_job = *job;
    ProgressBoard board;
    const QString file = m_desk->workspace().plansFolder() + u"/p.db"_s;
    const RunReport planned = m_desk->plan(m_job, {}, file, cancellation, board);
    QCOMPARE(planned.totals().total(), 17);
    m_preview = std::make_unique<PreviewWindow>(m_job, planned, file);
    m_preview->setDesk(m_desk);
    QSignalSpy ready(m_preview.get(), &PreviewWindow::ready);
    m_preview->show();
    QVERIFY(ready.wait(30'000));
    QTRY_VERIFY(m_preview->findChild<RowsView *>()->current().isValid());
}

ScriptWindow *TestPreviewScript::script() const
{
    auto *window = m_preview->findChild<ScriptWindow *>();
    return window && QTest::qWaitFor([window] { return window->isReady(); }, 30'000) ? window : nullptr;
}

void TestPreviewScript::ofAllThatIsTicked()
{
    QTest::mouseClick(m_preview->findChild<QWidget *>(u"scriptButton"_s), Qt::LeftButton);
    ScriptWindow *window = script();
    QVERIFY(window);
    const QString sql = text(*window);
    QCOMPARE(sql.count(u"INSERT INTO"_s), 9);
    QCOMPARE(sql.count(u"UPDATE main"_s), 4);
    QCOMPARE(sql.count(u"DELETE FROM"_s), 4);
    // What is referred to is there first, and goes last.
    QVERIFY(sql.indexOf(u"INSERT INTO main.\"orders\""_s) < sql.indexOf(u"INSERT INTO main.\"order_lines\""_s));
    QVERIFY(sql.indexOf(u"DELETE FROM main.\"order_lines\""_s) < sql.indexOf(u"DELETE FROM main.\"orders\""_s));
    QVERIFY(sql.endsWith(u"COMMIT;\n"_s));
}

void TestPreviewScript::ofTheSelection()
{
    auto *rows = m_preview->findChild<QWidget *>(u"sourceRows"_s);
    QTest::keyClick(rows, Qt::Key_Space); // skipped, and chosen all the same
    QTRY_COMPARE(m_preview->findChild<AccentButton *>(u"writeButton"_s)->text(), u"&Synchronise 16 rows…"_s);
    QTest::keyClick(rows, Qt::Key_Menu);
    auto *menu = m_preview->findChild<QMenu *>(u"rowMenu"_s);
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text() == u"SQL of the selection…"_s)
            menu->setActiveAction(action);
    }
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(m_preview->findChild<ScriptWindow *>());
    ScriptWindow *window = script();
    QVERIFY(window);
    const QString sql = text(*window);
    QCOMPARE(sql.count(u"INSERT INTO"_s) + sql.count(u"UPDATE main"_s) + sql.count(u"DELETE FROM"_s), 1);
}

void TestPreviewScript::copiesTheWhole()
{
    QTest::mouseClick(m_preview->findChild<QWidget *>(u"scriptButton"_s), Qt::LeftButton);
    ScriptWindow *window = script();
    QVERIFY(window);
    QGuiApplication::clipboard()->clear();
    for (QPushButton *button : window->findChildren<QPushButton *>()) {
        if (button->text() == u"Copy"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), text(*window));
}

void TestPreviewScript::leavesNothingBehind()
{
    const QDir plans(m_desk->workspace().plansFolder());
    QTest::mouseClick(m_preview->findChild<QWidget *>(u"scriptButton"_s), Qt::LeftButton);
    QVERIFY(script());
    QCOMPARE(plans.entryList({u"*.sql"_s}, QDir::Files).size(), 1);
    QTest::keyClick(m_preview->findChild<ScriptWindow *>(), Qt::Key_Escape);
    QTRY_VERIFY(plans.entryList({u"*.sql"_s}, QDir::Files).isEmpty());
}

void TestPreviewScript::saysWhatWentWrong()
{
    QVERIFY(QFile::remove(m_job.target.database));
    QTest::mouseClick(m_preview->findChild<QWidget *>(u"scriptButton"_s), Qt::LeftButton);
    ScriptWindow *window = script();
    QVERIFY(window);
    QVERIFY(text(*window).isEmpty());
    bool told = false;
    for (const QLabel *label : window->findChildren<QLabel *>())
        told = told || label->text().contains(u"report.db"_s);
    QVERIFY(told);
}

QTEST_MAIN(TestPreviewScript)
#include "tst_previewscript.moc"
