// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/jobs/jobdialog.h"
#include "ui/main/comparedialog.h"
#include "ui/main/mainwindow.h"
#include "ui/main/sample.h"
#include "ui/main/startpage.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Renders every screen in both languages and both themes into screenshots/ of the build folder, for people to look at.
class TestScreenshots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void windows_data() { rows(); }
    void windows();
    void dialogs_data() { rows(); }
    void dialogs();

private:
    static void rows();
    void use();
    void shoot(QWidget &widget, const QString &name);
    QString m_folder;
};

void TestScreenshots::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    m_folder = qEnvironmentVariable("TIDEMARK_BINARY_DIR", QDir::tempPath()) + u"/screenshots"_s;
    QVERIFY(QDir().mkpath(m_folder));
}

void TestScreenshots::rows()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::newRow("en light") << u"en"_s << false;
    QTest::newRow("en dark") << u"en"_s << true;
    QTest::newRow("zh light") << u"zh_CN"_s << false;
    QTest::newRow("zh dark") << u"zh_CN"_s << true;
}

void TestScreenshots::use()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    wording::useLanguage(language);
    theme::apply(dark ? theme::Choice::Dark : theme::Choice::Light, dark);
}

void TestScreenshots::shoot(QWidget &widget, const QString &name)
{
    QCoreApplication::processEvents();
    const QString tag = QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-');
    QVERIFY(widget.grab().save(m_folder + u'/' + name + u'-' + tag + u".png"_s));
}

void TestScreenshots::windows()
{
    use();
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QTemporaryDir workspace;
    MainWindow::Options options;
    options.folder = workspace.path();
    options.preferences.language = language;
    options.preferences.theme = dark ? theme::Choice::Dark : theme::Choice::Light;
    MainWindow window(options);
    QSignalSpy loaded(&window, &MainWindow::loaded);
    window.show();
    QVERIFY(loaded.wait());
    shoot(window, u"1-start"_s);
    QSignalSpy ready(&window, &MainWindow::previewReady);
    QTest::mouseClick(window.findChild<StartCard *>(u"sampleCard"_s), Qt::LeftButton);
    QVERIFY(ready.wait(10'000));
    QTest::qWait(200); // what is asked of the plan file arrives
    shoot(window, u"2-jobs"_s);
    shoot(*window.preview(), u"3-preview"_s);
    window.preview()->resize(960, 600);
    shoot(*window.preview(), u"3-preview-smallest"_s);
    window.resize(960, 600);
    shoot(window, u"2-jobs-smallest"_s);
}

void TestScreenshots::dialogs()
{
    use();
    QTemporaryDir folder;
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    Cancellation cancellation;
    QVERIFY(buildSample(**desk, folder.filePath(u"samples"_s), cancellation));

    ConnectionSettings shop;
    shop.name = u"shop"_s;
    shop.driver = Driver::Postgres;
    shop.host = u"db.example"_s;
    shop.database = u"shop"_s;
    shop.user = u"app"_s;
    shop.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    shop.production = true;
    QVERIFY((*desk)->workspace().saveConnection(shop));
    ConnectionDialog connection(*desk, shop, {});
    connection.show();
    shoot(connection, u"4-connection"_s);
    ConnectionListDialog list(*desk);
    list.show();
    QTRY_COMPARE(list.findChild<QListWidget *>()->count(), 3);
    shoot(list, u"5-connections"_s);

    JobDialog job(*desk, (*desk)->workspace().jobs().value().first().file, {});
    job.show();
    QTRY_COMPARE(job.findChild<QListWidget *>()->count(), 4);
    shoot(job, u"6-job"_s);

    CompareDialog compare(*desk, {folder.filePath(u"samples/till.db"_s)});
    compare.show();
    shoot(compare, u"7-compare"_s);

    ConfirmDialog::Facts facts;
    facts.target = u"Report copy"_s;
    facts.counts = {9, 4, 4};
    ConfirmDialog confirm(facts);
    confirm.show();
    shoot(confirm, u"8-confirm"_s);
    facts.target = u"shop"_s;
    facts.production = true;
    facts.host = u"db.example"_s;
    facts.counts = {0, 12, 412};
    facts.guardedDeletes = 412;
    facts.guardedRows = 900;
    ConfirmDialog guard(facts);
    guard.show();
    shoot(guard, u"9-guard"_s);
}

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
