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
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionlistdialog.h"
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
    void connectionIsTestedAndSaved();
    void fieldsFollowTheDriver();
    void aPasswordInAUrlIsRefused();
    void connectionListRemoves();
    void compareWantsTwoSides();
    void deletesAreTyped();

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

void TestDialogs::connectionIsTestedAndSaved()
{
    ConnectionDialog dialog(m_desk, {}, {u"Till"_s});
    dialog.show();
    QVERIFY(!button(dialog, u"Save"_s)->isEnabled());
    QVERIFY(shows(dialog, u"The connection needs a name."_s));
    auto *url = dialog.findChild<QLineEdit *>(u"url"_s);
    QTest::keyClicks(url, m_folder.filePath(u"samples/till.db"_s));
    QTest::keyClick(url, Qt::Key_Return);
    QVERIFY(dialog.isVisible()); // filled in, not saved
    QCOMPARE(dialog.settings().driver, Driver::Sqlite);
    QCOMPARE(dialog.settings().database, m_folder.filePath(u"samples/till.db"_s));
    QVERIFY(button(dialog, u"Save"_s)->isEnabled());
    QTest::mouseClick(button(dialog, u"Test"_s), Qt::LeftButton);
    QVERIFY(button(dialog, u"Stop the test"_s));
    QTRY_VERIFY(shows(dialog, u"Connected to SQLite"_s));
    QVERIFY(shows(dialog, u"Tables: 4."_s));
    QTest::mouseClick(button(dialog, u"Save"_s), Qt::LeftButton);
    QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
}

void TestDialogs::fieldsFollowTheDriver()
{
    ConnectionSettings settings;
    settings.name = u"shop"_s;
    settings.driver = Driver::Postgres;
    settings.host = u"db.example"_s;
    settings.port = 5433;
    settings.database = u"shop"_s;
    settings.schema = u"sales"_s;
    settings.user = u"app"_s;
    settings.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    settings.tls.mode = TlsMode::VerifyCa;
    settings.tls.ca = u"/etc/ca.pem"_s;
    settings.timeoutMs = 30'000;
    settings.production = true;
    ConnectionDialog dialog(m_desk, settings, {});
    dialog.show();
    QCOMPARE(dialog.settings(), settings);
    QVERIFY(shows(dialog, u"S&chema:"_s));
    auto *driver = dialog.findChild<QComboBox *>();
    driver->setCurrentIndex(driver->findText(u"MariaDB / MySQL"_s));
    QVERIFY(!shows(dialog, u"S&chema:"_s));
    QVERIFY(shows(dialog, u"&Host:"_s));
    driver->setCurrentIndex(driver->findText(u"SQLite"_s));
    QVERIFY(!shows(dialog, u"&Host:"_s));
    QVERIFY(shows(dialog, u"&File:"_s));
    QVERIFY(dialog.settings().user.isEmpty());
}

void TestDialogs::aPasswordInAUrlIsRefused()
{
    ConnectionDialog dialog(m_desk, {}, {});
    dialog.show();
    auto *url = dialog.findChild<QLineEdit *>(u"url"_s);
    url->setText(u"postgres://app:s3cret@db.example/shop"_s);
    Q_EMIT url->editingFinished();
    QVERIFY(url->text().isEmpty());
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        QVERIFY(!label->text().contains(u"s3cret"_s));
}

void TestDialogs::connectionListRemoves()
{
    ConnectionSettings extra;
    extra.name = u"extra"_s;
    extra.database = m_folder.filePath(u"extra.db"_s);
    QVERIFY(m_desk->workspace().saveConnection(extra));
    ConnectionListDialog dialog(m_desk);
    QSignalSpy changed(&dialog, &ConnectionListDialog::changed);
    dialog.show();
    auto *list = dialog.findChild<QListWidget *>();
    QTRY_COMPARE(list->count(), 3);
    for (int row = 0; row < list->count(); ++row) {
        if (list->item(row)->text().startsWith(u"extra"_s))
            list->setCurrentRow(row);
    }
    QTest::mouseClick(button(dialog, u"Remove…"_s), Qt::LeftButton);
    QTest::mouseClick(button(dialog, u"Remove"_s), Qt::LeftButton);
    QVERIFY(changed.wait());
    QTRY_COMPARE(list->count(), 2);
    QCOMPARE(m_desk->workspace().connections().value().size(), qsizetype(2));
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

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
