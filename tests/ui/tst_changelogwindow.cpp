// SPDX-License-Identifier: GPL-3.0-or-later
// What the window makes of a job that finds its changes by a change log: such jobs are made in their files.

#include <QComboBox>
#include <QJsonArray>
#include <QTest>

#include "ui/jobs/editoradvice.h"
#include "ui/jobs/editordetection.h"
#include "ui/jobs/jobdraft.h"
#include "ui/report/reporttext.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestChangeLogWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheSettingOfAFile()
    {
        const QJsonObject log{{u"by"_s, u"log"_s}};
        const QJsonObject file{{u"detect"_s, log},
                               {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"t"_s}, {u"detect"_s, log}}}}};
        JobDraft draft;
        draft.load(file);
        EditorDetection ofJob(draft, false);
        EditorDetection ofTable(draft, true);
        ofJob.setColumns({u"id"_s, u"changed"_s}, {u"id"_s, u"changed"_s});
        ofJob.showDraft();
        ofTable.setColumns({u"id"_s, u"changed"_s}, {u"id"_s, u"changed"_s});
        ofTable.setTable(0);
        for (EditorDetection *editor : {&ofJob, &ofTable}) {
            editor->show();
            auto *by = editor->findChild<QComboBox *>(u"detect.by"_s);
            QCOMPARE(by->currentText(), u"By a change log"_s);
            QVERIFY(!editor->findChild<QComboBox *>(u"detect.column"_s)->isVisible());
        }
        QCOMPARE(draft.json(), file);
        QVERIFY(!draft.isChanged());
        QCOMPARE(detectJson(detectSettings(log)), log);
        // Away and back: nothing of the other way stays behind.
        auto *by = ofJob.findChild<QComboBox *>(u"detect.by"_s);
        const auto choose = [by](const QString &way) {
            by->setCurrentIndex(by->findData(way));
            Q_EMIT by->activated(by->currentIndex());
        };
        choose(u"timestamp"_s);
        draft.undo();
        ofJob.showDraft();
        QCOMPARE(draft.json(), file);
    }

    // A file that has another way is not led to one that the window cannot install.
    void isNotOffered()
    {
        JobDraft draft;
        draft.load({{u"tables"_s, QJsonArray{u"t"_s}}});
        EditorDetection editor(draft, false);
        editor.showDraft();
        QCOMPARE(editor.findChild<QComboBox *>(u"detect.by"_s)->findData(u"log"_s), -1);
    }

    void saysWhyEverythingWasCompared()
    {
        RunReport report;
        TableReport table;
        table.source = table.target = u"orders"_s;
        table.identical = 5;
        report.tables = {table};
        QVERIFY(ReportText::problems(report).isEmpty());
        report.tables[0].whyWhole = u"log-generation"_s;
        const auto said = ReportText::problems(report);
        QCOMPARE(said.size(), 1);
        QCOMPARE(said.first().table, u"orders"_s);
        QVERIFY(said.first().what.contains(u"as after a restore"_s));
        QVERIFY(ReportText::plainText(report, {}).contains(said.first().what));
        QCOMPARE(ReportText::toneOf(report), ReportText::Tone::Good);
    }
};

QTEST_MAIN(TestChangeLogWindow)
#include "tst_changelogwindow.moc"
