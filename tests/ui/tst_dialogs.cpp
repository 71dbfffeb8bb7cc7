// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "ui/jobs/engine.h"
#include "ui/main/comparedialog.h"
#include "ui/main/sample.h"
#include "ui/plan/confirmdialog.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The dialogs as a person uses them, on a real workspace.
class TestDialogs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void compareWantsTwoSides();
    void deletesAreTyped();
    void effectsMatterWhereTheyHappen();
    void nothingIsWrittenBeforeEffectsAreKnown();

private:
    static bool shows(const QWidget &window, const QString &text);
    static QPushButton *button(const QWidget &window, const QString &text);
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
};

void TestDialogs::initTestCase()
{
    wording::useLanguage(u"en"_s);
    auto desk = Desk::open(m_folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    m_desk = *desk;
    Cancellation cancellation;
    QVERIFY(buildSample(*m_desk, m_folder.filePath(u"samples"_s), cancellation));
}

bool TestDialogs::shows(const QWidget &window, const QString &text)
{
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&window) && label->text().contains(text))
            return true;
    }
    return false;
}

QPushButton *TestDialogs::button(const QWidget &window, const QString &text)
{
    for (QPushButton *button : window.findChildren<QPushButton *>()) {
        if (QString(button->text()).remove(u'&') == text && button->isVisibleTo(&window))
            return button;
    }
    return nullptr;
}

void TestDialogs::compareWantsTwoSides()
{
    const QStringList files{m_folder.filePath(u"samples/till.db"_s), m_folder.filePath(u"samples/report.db"_s)};
    CompareDialog one(m_desk, {files.first()});
    QVERIFY(!button(one, u"Compare"_s)->isEnabled());
    CompareDialog two(m_desk, files);
    QVERIFY(button(two, u"Compare"_s)->isEnabled());
    const JobSettings job = two.job();
    QCOMPARE(job.mode, Mode::Mirror);
    QVERIFY(job.allTables && !job.id.isEmpty());
    QCOMPARE(CompareDialog::jobOf(job.source, job.target).id, job.id);
    QVERIFY(CompareDialog::jobOf(job.target, job.source).id != job.id);
    Cancellation cancellation;
    ProgressBoard board;
    const RunReport plan = m_desk->plan(job, {}, m_folder.filePath(u"compare.db"_s), cancellation, board);
    QCOMPARE(plan.totals(), (WriteCounts{9, 4, 4}));
}

void TestDialogs::deletesAreTyped()
{
    ConfirmDialog::Facts facts;
    facts.target = u"warehouse"_s;
    facts.host = u"db.example"_s;
    facts.production = true;
    facts.counts = {1, 0, 412};
    facts.guardedDeletes = 412;
    facts.guardedRows = 900;
    ConfirmDialog dialog(facts);
    dialog.show();
    QVERIFY(shows(dialog, u"PRODUCTION"_s));
    QVERIFY(shows(dialog, u"This deletes 412 of 900 rows. Type 412 to continue."_s));
    QPushButton *write = button(dialog, u"Write to db.example"_s);
    QVERIFY(write && !write->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"41"_s);
    QVERIFY(!write->isEnabled());
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"2"_s);
    QVERIFY(write->isEnabled());
    QTest::mouseClick(write, Qt::LeftButton);
    QCOMPARE(dialog.allowDeletes(), std::optional<qint64>(412));
}

static CheckItem item(const QString &table, const QString &code, const QString &detail)
{
    CheckItem item;
    item.level = CheckItem::Level::Warning;
    item.table = table;
    item.code = code;
    item.detail = detail;
    return item;
}

static TableReport written(const QString &table, const WriteCounts &counts)
{
    TableReport report;
    report.source = report.target = table;
    report.toTarget = counts;
    return report;
}

void TestDialogs::effectsMatterWhereTheyHappen()
{
    CheckItem narrow = item(u"orders"_s, {}, {});
    narrow.note = MappingNote{MappingNote::Kind::ValuesMayNotFit, u"note"_s, u"varchar(8)"_s};
    CheckItem unmatched = narrow;
    unmatched.note->kind = MappingNote::Kind::SourceColumnUnmatched;
    CheckItem refused = item(u"lines"_s, {}, {});
    refused.level = CheckItem::Level::Problem;
    refused.error = Error{ErrorCode::NoKey, {}, {}}.with(Fact::Table, u"lines"_s);
    const QList<CheckItem> items{narrow,
                                 unmatched,
                                 item(u"orders"_s, u"has-triggers"_s, u"stamp"_s),
                                 item(u"orders"_s, u"has-triggers"_s, u"audit"_s),
                                 item(u"orders"_s, u"cascades"_s, u"notes"_s),
                                 item(u"lines"_s, u"creates-table"_s, u"CREATE TABLE lines (id INT)"_s),
                                 refused,
                                 item({}, u"no-lock"_s, {})};
    const auto of = [&](const WriteCounts &orders) {
        return SideEffects::of(items, {written(u"orders"_s, orders)}).warnings.join(u'\n');
    };
    const QString triggers = u"orders: The target's triggers fire on every write: stamp, audit"_s;
    const QString cascades = u"orders: Deleting here also changes other tables: notes"_s;
    const QString narrower =
        u"orders: Column note is narrower at the target (varchar(8)): rows that do not fit are set "
        "aside."_s;
    QCOMPARE(of({1, 0, 1}), (QStringList{cascades, triggers, narrower}.join(u'\n')));
    QCOMPARE(of({0, 0, 1}), (QStringList{cascades, triggers}.join(u'\n')));
    QCOMPARE(of({0, 1, 0}), (QStringList{triggers, narrower}.join(u'\n')));
    const SideEffects lines = SideEffects::of(items, {written(u"lines"_s, {1, 0, 0})});
    QCOMPARE(lines.warnings.size(), qsizetype(1)); // what the table's own error says
    QCOMPARE(lines.notes, QStringList(u"Creates at the target: lines."_s));
    JobSettings job;
    JobTable filtered;
    filtered.source = {{}, u"orders"_s};
    filtered.whereSource = u"status <> 'draft'"_s;
    job.tables << filtered;
    QCOMPARE(SideEffects::filters(job, {written(u"orders"_s, {1, 0, 0})}),
             QStringList(u"orders: only rows where status <> 'draft'"_s));
    QCOMPARE(SideEffects::filters(job, {written(u"lines"_s, {1, 0, 0})}), QStringList());
}

void TestDialogs::nothingIsWrittenBeforeEffectsAreKnown()
{
    ConfirmDialog::Facts facts;
    facts.target = u"warehouse"_s;
    facts.counts = {1, 0, 0};
    ConfirmDialog dialog(facts);
    dialog.awaitEffects();
    dialog.show();
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    QPushButton *write = button(dialog, u"Synchronise"_s);
    QVERIFY(write && !write->isEnabled());
    QVERIFY(shows(dialog, u"Looking for triggers and cascades in warehouse…"_s));
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(accepted.size(), 0);
    SideEffects effects;
    for (int i = 1; i <= 9; ++i)
        effects.warnings << u"warning %1"_s.arg(i);
    dialog.showEffects(effects);
    QVERIFY(shows(dialog, u"warning 6"_s) && !shows(dialog, u"warning 7"_s));
    QVERIFY(shows(dialog, u"… and 3 more."_s) && !shows(dialog, u"Looking for"_s));
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(accepted.size(), 1);
    // A target that does not answer is said, and left to the person.
    ConfirmDialog unknown(facts);
    unknown.awaitEffects();
    unknown.show();
    unknown.showEffects(fail(Error{ErrorCode::Timeout, {}, {}}));
    QVERIFY(shows(unknown, u"Triggers and cascades are not known:"_s));
    QVERIFY(button(unknown, u"Synchronise"_s)->isEnabled());
}

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
