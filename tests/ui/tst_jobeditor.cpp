// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>

#include "app/wording/wording.h"
#include "tests/ui/support/jobstage.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The job editor as a person uses it, by key and mouse.
class TestJobEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init() { m_stage = std::make_unique<JobStage>(); }
    void cleanup() { m_stage.reset(); }
    void aNewJobIsMadeAndSaved();
    void problemsLeadToTheirField();
    void editsAreUndoneOverAllFields();
    void sidesAreSwapped();
    void whatWillBeCreatedIsShown();
    void theTypesAreRehearsed();
    void everyControlHasAName();
    void noKeyLeadsToTwoPlaces_data();
    void noKeyLeadsToTwoPlaces();

private:
    std::unique_ptr<JobStage> m_stage;
};

void TestJobEditor::aNewJobIsMadeAndSaved()
{
    const auto dialog = m_stage->open({});
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    QTRY_VERIFY(person::shows(*dialog, u"Cannot be saved yet"_s));
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::choose(*dialog, u"source"_s, u"Till"_s));
    QVERIFY(person::choose(*dialog, u"target"_s, u"Report copy"_s));
    // Called after its sides until somebody names it.
    QCOMPARE(dialog->findChild<QLineEdit *>(u"name"_s)->text(), u"Till → Report copy"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"two tables"_s));
    QVERIFY(person::click(*dialog, u"Make identical"_s));
    editor::page(*dialog, 2);
    QTRY_COMPARE(editor::tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(person::click(*dialog, u"Only those ticked"_s));
    for (const QString &name : {u"orders"_s, u"order_lines"_s}) {
        QVERIFY(editor::pickTable(*dialog, name));
        QTest::keyClick(editor::tables(*dialog), Qt::Key_Space);
    }
    QVERIFY(person::shows(*dialog, u"2 in the job"_s));
    editor::settle(*dialog);
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(saved.wait(30'000));
    person::elsewhere([this] {
        const auto job = m_stage->desk()->workspace().job(u"two tables"_s);
        QVERIFY(job);
        QCOMPARE(job->mode, Mode::Mirror);
        QCOMPARE(job->tables.size(), qsizetype(2));
        QCOMPARE(job->source.name, u"Till"_s);
        QVERIFY(!job->id.isEmpty());
    });
}

void TestJobEditor::problemsLeadToTheirField()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"taken"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    auto *strip = dialog->findChild<QListView *>(u"problems"_s);
    QCOMPARE(strip->model()->index(0, 1).data().toString(), u"There is a job with this name already."_s);
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    editor::page(*dialog, 3);
    QVERIFY(person::type(*dialog, u"batch.rows"_s, u"many"_s));
    QTRY_COMPARE(strip->model()->rowCount(), 2);
    auto *pages = dialog->findChild<QListWidget *>(u"pages"_s);
    QCOMPARE(pages->item(0)->data(Qt::AccessibleTextRole).toString(), u"Sides, 1 problem"_s);
    QCOMPARE(pages->item(2)->data(Qt::AccessibleTextRole).toString(), u"Rules, 1 problem"_s);
    QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, strip->visualRect(strip->model()->index(0, 1)).center());
    QCOMPARE(pages->currentRow(), 0);
    QCOMPARE(QApplication::focusWidget(), dialog->findChild<QWidget *>(u"name"_s));
    QVERIFY(person::type(*dialog, u"name"_s, u"free"_s));
    QTRY_COMPARE(strip->model()->rowCount(), 1);
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Down);
    QTest::keyClick(strip, Qt::Key_Return);
    QCOMPARE(pages->currentRow(), 2);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"batch.rows"_s);
}

void TestJobEditor::editsAreUndoneOverAllFields()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    const QJsonObject before = dialog->draft().json();
    QVERIFY(person::type(*dialog, u"name"_s, u"other"_s));
    QVERIFY(person::click(*dialog, u"Add and update"_s));
    editor::page(*dialog, 3);
    QVERIFY(person::type(*dialog, u"parallel"_s, u"4"_s));
    QVERIFY(person::choose(*dialog, u"transaction"_s, u"The whole run"_s));
    const QJsonObject after = dialog->draft().json();
    auto *line = dialog->findChild<QLineEdit *>(u"parallel"_s);
    line->setFocus();
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!dialog->draft().json().contains("transaction"_L1));
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(line->text(), QString());
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(dialog->draft().json(), before);
    QVERIFY(!dialog->isWindowModified());
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(line, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(dialog->draft().json(), after);
}

void TestJobEditor::sidesAreSwapped()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    QVERIFY(person::click(dialog->findChild<QWidget *>(u"swap"_s)));
    QCOMPARE(dialog->findChild<QComboBox *>(u"source"_s)->currentText(), u"Report copy"_s);
    QCOMPARE(dialog->draft().json().value("target"_L1).toString(), u"Till"_s);
    QVERIFY(person::choose(*dialog, u"target"_s, u"Report copy"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QCOMPARE(dialog->checks().problems().first().text, u"Source and target are the same connection."_s);
}

void TestJobEditor::whatWillBeCreatedIsShown()
{
    ConnectionSettings empty;
    empty.name = u"Empty"_s;
    empty.database = m_stage->path(u"empty.db"_s);
    person::elsewhere([&] {
        QFile(empty.database).open(QIODevice::WriteOnly);
        QVERIFY(m_stage->desk()->workspace().saveConnection(empty));
    });
    QJsonObject job = JobStage::plainJob(u"j"_s, u"*"_s);
    job["target"_L1] = u"Empty"_s;
    m_stage->write(u"j"_s, job);
    const auto dialog = m_stage->open(u"j"_s);
    // Nothing matches yet: the problem stands on the tables' page.
    QTRY_COMPARE_WITH_TIMEOUT(dialog->checks().problems().size(), qsizetype(1), 10'000);
    QCOMPARE(dialog->checks().problems().first().page, EditorPage::Tables);
    editor::page(*dialog, 2);
    QTRY_VERIFY(person::shows(*dialog, u"4 not at the target"_s));
    QVERIFY(person::tick(*dialog, u"Create tables missing at the target"_s, true));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->checks().remarks().size() >= 5, 10'000);
    editor::page(*dialog, 6);
    auto *remarks = dialog->findChild<QTableView *>(u"remarks"_s);
    const QAbstractItemModelTester tester(remarks->model());
    auto *detail = dialog->findChild<QPlainTextEdit *>(u"remarkDetail"_s);
    int creates = 0;
    for (int row = 0; row < remarks->model()->rowCount(); ++row) {
        QTest::mouseClick(remarks->viewport(), Qt::LeftButton, {},
                          remarks->visualRect(remarks->model()->index(row, 1)).center());
        if (!detail->toPlainText().startsWith(u"CREATE TABLE"_s))
            continue;
        ++creates;
        QVERIFY(person::click(*dialog, u"Copy the SQL"_s));
        QCOMPARE(QApplication::clipboard()->text(), detail->toPlainText());
    }
    QVERIFY(creates >= 5); // and Tidemark's own
}

void TestJobEditor::theTypesAreRehearsed()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    editor::settle(*dialog);
    editor::page(*dialog, 6);
    QVERIFY(person::click(*dialog, u"Try the values"_s));
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*dialog, u"Tried:"_s), 20'000);
    QVERIFY(person::button(*dialog, u"Try the values"_s));
}

void TestJobEditor::everyControlHasAName()
{
    m_stage->write(u"j"_s, JobStage::plainJob(u"j"_s, QJsonArray{u"orders"_s}));
    const auto dialog = m_stage->open(u"j"_s);
    for (int number = 1; number <= 4; ++number) {
        editor::page(*dialog, number);
        const QList<QWidget *> widgets = dialog->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->inherits("QLineEdit"))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            const bool isPart = widget->inherits("QHeaderView") || widget->inherits("QScrollArea")
                || widget->inherits("QTabBar") || widget->inherits("QTabWidget") || widget->inherits("QSplitterHandle");
            QVERIFY2(named || isPart,
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        }
    }
}

void TestJobEditor::noKeyLeadsToTwoPlaces_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("Chinese") << u"zh_CN"_s;
}

// The keys that are underlined.
static QStringList doubleKeys(const QWidget &window)
{
    QMap<QString, QString> taken;
    QStringList faults;
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const auto *label = qobject_cast<const QLabel *>(widget);
        const QString text = button ? button->text() : label && label->buddy() ? label->text() : QString();
        const QString key = QKeySequence::mnemonic(text).toString();
        if (key.isEmpty() || !widget->isVisible())
            continue;
        if (taken.contains(key))
            faults << QString(key + u": "_s + taken.value(key) + u" / "_s + text);
        taken.insert(key, text);
    }
    return faults;
}

void TestJobEditor::noKeyLeadsToTwoPlaces()
{
    QFETCH(QString, language);
    wording::useLanguage(language);
    m_stage->write(u"j"_s, JobStage::plainJob(u"j"_s, QJsonArray{u"orders"_s}));
    const auto dialog = m_stage->open(u"j"_s);
    editor::page(*dialog, 2);
    QTRY_COMPARE(editor::tables(*dialog)->model()->rowCount(), 4);
    for (int row = 0; row < 4; ++row) { // until the one that is listed is current
        editor::tables(*dialog)->setCurrentIndex(editor::tables(*dialog)->model()->index(row, 0));
        if (dialog->findChild<QWidget *>(u"columns"_s)->isVisible())
            break;
    }
    QStringList faults = doubleKeys(*dialog);
    for (int tab = 1; tab < 4; ++tab) {
        QVERIFY(editor::tab(*dialog, tab));
        faults += doubleKeys(*dialog);
    }
    for (const int page : {1, 3, 4}) {
        editor::page(*dialog, page);
        faults += doubleKeys(*dialog);
    }
    wording::useLanguage(u"en"_s);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(TestJobEditor)
#include "tst_jobeditor.moc"
