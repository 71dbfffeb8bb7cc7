// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QListWidget>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

#include "core/config/workspace.h"
#include "tests/endpoint/http/shopservice.h"
#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/problemlinks.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// A web service in the connection dialog, by key and mouse alone.
class TestConnectionService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void everythingComesBack();
    void whatOtherDriversHaveIsNotOffered();
    void aServiceIsDescribedByHand();
    void columnsAreInferred();
    void inferringSaysWhatIsWrong();
    void inferringIsStopped();
    void theTestSaysWhatAnswered();
    void wrongInputIsNamed_data();
    void wrongInputIsNamed();
    void problemsLeadToTheirResource();
    void anAddressIsPasted();

private:
    static ConnectionSettings read(const QByteArray &json);
    static bool openTab(const QWidget &dialog, const QString &title);
    static QStringList row(const QWidget &dialog, int row);
    static QString note(const QWidget &dialog);

    std::unique_ptr<Place> m_place;
};

// All that a file can say of a service, also what the dialog has no field for.
static const QByteArray whole = R"j({
 "name": "crm", "driver": "http", "url": "https://crm.example/api", "timeout": "20s", "readOnly": true,
 "auth": {"basic": {"user": "app", "password": {"env": "CRM"}}},
 "headers": {"X-Tenant": "7"}, "limits": {"retries": 2, "body": "1MiB"}, "inFlight": 3,
 "tls": {"ca": "/etc/ca.pem", "pin": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
 "resources": {
  "customers": {"path": "/customers", "query": {"active": "1"}},
  "orders": {"path": "/orders", "records": "/data/items", "key": ["id"],
   "columns": {"id": "integer", "total": "decimal(12,2)",
                        "who" : {"type" : "text", "from" : "/customer/name"}, "updated_at" : "timestamp"
}
, "since" : {"param" : "updated_since", "field" : "updated_at"}, "paging":
{
    "by" : "page", "param" : "page", "size" : 50, "sizeParam" : "n", "first" : 0, "total" : "/total"
}
}
}
})j";

ConnectionSettings TestConnectionService::read(const QByteArray &json)
{
    const auto settings = connectionFromJson(QJsonDocument::fromJson(json).object(), u"crm.json"_s, {}, u"/"_s);
    if (!settings)
        qFatal("%s", qPrintable(settings.error().facts.value(Fact::JsonPath)));
    return *settings;
}

bool TestConnectionService::openTab(const QWidget &dialog, const QString &title)
{
    const auto *tabs = dialog.findChild<QTabWidget *>();
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->isTabVisible(tab) && tabs->tabText(tab).section(u" ("_s, 0, 0) == title)
            return connecting::openTab(dialog, tab);
    }
    return false;
}

QStringList TestConnectionService::row(const QWidget &dialog, int row)
{
    const auto *table = dialog.findChild<QTableWidget *>(u"resourceColumns"_s);
    QStringList cells;
    for (int column = 0; column < table->columnCount() && row < table->rowCount(); ++column)
        cells << table->item(row, column)->text();
    return cells;
}

QString TestConnectionService::note(const QWidget &dialog)
{
    return dialog.findChild<QLabel *>(u"columnsNote"_s)->text();
}

void TestConnectionService::everythingComesBack()
{
    const ConnectionSettings settings = read(whole);
    const auto dialog = m_place->open(settings);
    QCOMPARE(connectionToJson(dialog->settings()), connectionToJson(settings));
    QVERIFY(dialog->settings() == settings);
    QVERIFY2(problems(*dialog).isEmpty(), qPrintable(problems(*dialog).join(u' ')));
    // Looking at each resource changes nothing.
    QVERIFY(openTab(*dialog, u"Resources"_s));
    auto *list = dialog->findChild<QListWidget *>(u"resources"_s);
    QCOMPARE(list->count(), 2);
    list->setCurrentRow(1);
    QCOMPARE(edit(*dialog, u"records"_s)->text(), u"/data/items"_s);
    QCOMPARE(row(*dialog, 2), (QStringList{u"updated_at"_s, u"timestamp"_s, QString()}));
    list->setCurrentRow(0);
    QVERIFY(dialog->settings() == settings);
    QVERIFY(!dialog->findChild<QWidget *>(u"unsavedBox"_s));
}

void TestConnectionService::whatOtherDriversHaveIsNotOffered()
{
    const auto dialog = m_place->open(read(whole));
    const auto *tabs = dialog->findChild<QTabWidget *>();
    QStringList shown;
    for (int tab = 0; tab < tabs->count(); ++tab)
        shown << (tabs->isTabVisible(tab) ? tabs->tabText(tab) : QString());
    shown.removeAll(QString());
    QCOMPARE(shown, (QStringList{u"General"_s, u"Encryption"_s, u"Resources"_s, u"Requests"_s}));
    for (const QString &name : {u"host"_s, u"port"_s, u"database"_s, u"schema"_s, u"file"_s, u"authHeader"_s})
        QVERIFY2(!person::field(*dialog, name), qPrintable(name));
    QVERIFY(!person::button(*dialog, u"Grants…"_s));
    // The keys pass by the tabs that are not there.
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    for (const QString &title : {u"Encryption"_s, u"Resources"_s, u"Requests"_s, u"General"_s}) {
        QTest::keySequence(dialog.get(), QKeySequence::NextChild);
        QCOMPARE(tabs->tabText(tabs->currentIndex()), title);
    }
    // A database again: nothing of the service is left.
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    QVERIFY(!dialog->settings().http);
    QVERIFY(person::field(*dialog, u"host"_s) && !person::field(*dialog, u"serviceUrl"_s));
}

void TestConnectionService::aServiceIsDescribedByHand()
{
    const auto dialog = m_place->open();
    dialog->saveHere(true);
    QVERIFY(person::type(*dialog, u"name"_s, u"crm"_s));
    QVERIFY(person::choose(*dialog, u"driver"_s, u"Web service (JSON)"_s));
    QCOMPARE(problems(*dialog), (QStringList{u"Address"_s, u"Resources"_s}));
    QVERIFY(person::type(*dialog, u"Address (URL)"_s, u"https://crm.example/api/"_s));
    QVERIFY(person::choose(*dialog, u"Authentication"_s, u"Token (Bearer)"_s));
    QVERIFY(person::choose(*dialog, u"Bearer token"_s, u"Stored in the keychain"_s));
    QVERIFY(person::type(*dialog, u"secret"_s, u"s3cret-token"_s));

    QVERIFY(openTab(*dialog, u"Resources"_s));
    QVERIFY(person::shows(*dialog, u"None is described yet."_s));
    dialog->activateWindow(); // a list that came down was the active window
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    QVERIFY(person::click(*dialog, u"Add a resource"_s));
    QTRY_VERIFY(edit(*dialog, u"resourceName"_s)->hasFocus());
    QTest::keyClicks(edit(*dialog, u"resourceName"_s), u"orders"_s);
    QVERIFY(person::type(*dialog, u"Path"_s, u"/orders"_s));
    QVERIFY(person::type(*dialog, u"Records"_s, u"/data"_s));
    QVERIFY(person::type(*dialog, u"Key"_s, u"id, region"_s));
    QVERIFY(person::choose(*dialog, u"Paging"_s, u"Pages by cursor"_s));
    QVERIFY(!person::field(*dialog, u"firstPage"_s));
    QVERIFY(person::type(*dialog, u"Page parameter"_s, u"after"_s));
    QVERIFY(person::type(*dialog, u"Next page"_s, u"/next"_s));
    QVERIFY(person::type(*dialog, u"Only what is new"_s, u"since"_s));
    QVERIFY(person::type(*dialog, u"sinceField"_s, u"changed"_s));
    QVERIFY2(problems(*dialog).isEmpty(), qPrintable(problems(*dialog).join(u' ')));
    const ConnectionSettings made = read(R"j({"name": "crm", "driver": "http", "url": "https://crm.example/api",
        "auth": {"bearer": {"keychain": "crm"}}, "resources": {"orders": {"path": "/orders", "records": "/data",
        "key": ["id", "region"], "paging": {"by": "cursor", "param": "after", "next": "/next"},
        "since": {"param": "since", "field": "changed"}}}})j");
    QCOMPARE(connectionToJson(dialog->settings()), connectionToJson(made));

    dialog->findChild<AccentButton *>(u"save"_s)->click();
    QTRY_VERIFY(!dialog->isVisible());
    QByteArray kept;
    person::elsewhere([&] {
        QFile file(m_place->desk()->workspace().folder() + u"/connections.json"_s);
        kept = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    });
    QVERIFY(kept.contains("crm.example") && !kept.contains("s3cret"));
    QCOMPARE(m_place->keychain().entry(u"crm"_s), "s3cret-token");
}

void TestConnectionService::columnsAreInferred()
{
    ShopService shop(30);
    ConnectionSettings settings = shop.settings(ShopService::paging(u"page"_s));
    const auto dialog = m_place->open(settings);
    QVERIFY(openTab(*dialog, u"Resources"_s));
    QCOMPARE(note(*dialog), u"None named: each run infers them from the first records."_s);
    QVERIFY(person::click(*dialog, u"Add a column"_s));
    auto *table = dialog->findChild<QTableWidget *>(u"resourceColumns"_s);
    auto *name = table->viewport()->findChild<QLineEdit *>(); // typed at once
    QVERIFY(name);
    QTest::keyClicks(name, u"total"_s);
    QTest::keyClick(name, Qt::Key_Return);
    table->item(0, 1)->setText(u"decimal(12,2)"_s);
    {
        const person::Watch watch; // the service is asked off this thread
        QVERIFY(person::click(*dialog, u"Infer from the service"_s));
        QTRY_COMPARE(table->rowCount(), 4);
    }
    QCOMPARE(row(*dialog, 0), (QStringList{u"total"_s, u"decimal(12,2)"_s, QString()})); // as it was typed
    QCOMPARE(row(*dialog, 1), (QStringList{u"id"_s, u"integer"_s, QString()}));
    QCOMPARE(row(*dialog, 3), (QStringList{u"updated_at"_s, u"timestamp"_s, QString()}));
    QVERIFY2(note(*dialog).startsWith(u"3 column"_s), qPrintable(note(*dialog)));
    QVERIFY(note(*dialog).endsWith(u"added; those that stood here are as they were."_s));
    QVERIFY(person::button(*dialog, u"Infer from the service"_s));
    QCOMPARE(dialog->settings().http->resources.first().columns->size(), 4);
}

void TestConnectionService::inferringSaysWhatIsWrong()
{
    ShopService shop(3);
    const auto dialog = m_place->open(shop.settings(ShopService::paging(u"none"_s)));
    QVERIFY(openTab(*dialog, u"Resources"_s));
    shop.bend([](WebReply &reply, const WebRequest &, int) { reply.status = 404; });
    QVERIFY(person::click(*dialog, u"Infer from the service"_s));
    QTRY_VERIFY2(note(*dialog).contains(u"orders"_s) && !note(*dialog).contains(u"…"_s), qPrintable(note(*dialog)));
    QVERIFY(person::button(*dialog, u"Infer from the service"_s));
    // What is not even a path asks nobody.
    shop.web.takeRequests();
    QVERIFY(person::type(*dialog, u"Path"_s, u"orders"_s));
    QVERIFY(person::click(*dialog, u"Infer from the service"_s));
    QVERIFY2(note(*dialog).startsWith(u"A path begins with a slash"_s), qPrintable(note(*dialog)));
    QVERIFY(shop.web.takeRequests().isEmpty());
}

void TestConnectionService::inferringIsStopped()
{
    ShopService shop(3);
    const auto dialog = m_place->open(shop.settings(ShopService::paging(u"none"_s)));
    QVERIFY(openTab(*dialog, u"Resources"_s));
    shop.bend([](WebReply &reply, const WebRequest &, int) { reply.silent = true; });
    QVERIFY(person::click(*dialog, u"Infer from the service"_s));
    QVERIFY(note(*dialog).startsWith(u"Reading the first records of orders"_s));
    QTRY_VERIFY(shop.web.mostAtOnce() > 0);
    QVERIFY(person::click(*dialog->findChild<QWidget *>(u"inferColumns"_s)->parentWidget(), u"Stop"_s));
    QVERIFY(person::button(*dialog, u"Infer from the service"_s));
    QVERIFY(!dialog->findChild<QWidget *>(u"removeColumn"_s)->isEnabled());
    // Another resource leaves nothing of it behind either.
    QVERIFY(person::click(*dialog, u"Infer from the service"_s));
    QVERIFY(person::click(*dialog, u"Add a resource"_s));
    QVERIFY(person::button(*dialog, u"Infer from the service"_s));
}

void TestConnectionService::theTestSaysWhatAnswered()
{
    ShopService shop(3);
    const auto dialog = m_place->open(shop.settings(ShopService::paging(u"none"_s)));
    const QString headline = test(*dialog);
    QVERIFY2(headline.startsWith(u"Connected to"_s), qPrintable(headline));
    QVERIFY(person::shows(*dialog, u"Resources: 1, of which 1 answered."_s));
    QVERIFY(!person::shows(*dialog, u"Tables"_s));
    shop.bend([](WebReply &reply, const WebRequest &, int) { reply.status = 401; });
    QVERIFY(!test(*dialog).startsWith(u"Connected"_s));
    QVERIFY(person::click(*dialog, u"Go to: Authentication"_s));
    QVERIFY(dialog->findChild<QWidget *>(u"auth"_s)->hasFocus());
}

void TestConnectionService::wrongInputIsNamed_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem"); // its link
    QTest::newRow("no URL") << u"serviceUrl"_s << u"crm.example"_s << u"Address"_s;
    QTest::newRow("a secret in the URL") << u"serviceUrl"_s << u"https://a:b@crm.example"_s << u"Address"_s;
    QTest::newRow("in clear, with a secret") << u"serviceUrl"_s << u"http://crm.example"_s << u"Address"_s;
    QTest::newRow("a query") << u"resourcePath"_s << u"/orders?x=1"_s << u"Path"_s;
    QTest::newRow("upwards") << u"resourcePath"_s << u"/../orders"_s << u"Path"_s;
    QTest::newRow("no pointer") << u"records"_s << u"data"_s << u"Records"_s;
    QTest::newRow("taken") << u"resourceName"_s << u"orders"_s << u"Resource's name"_s;
    QTest::newRow("ours") << u"resourceName"_s << u"tidemark_x"_s << u"Resource's name"_s;
    QTest::newRow("since without a column") << u"sinceParam"_s << u"x"_s << u"Only what is new"_s;
    QTest::newRow("user with a colon") << u"user"_s << u"a:b"_s << u"User"_s;
}

void TestConnectionService::wrongInputIsNamed()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    const auto dialog = m_place->open(read(whole));
    const bool isOfResource = field != u"serviceUrl"_s && field != u"user"_s;
    QVERIFY(openTab(*dialog, isOfResource ? u"Resources"_s : u"General"_s));
    edit(*dialog, field)->clear();
    QTest::keyClicks(edit(*dialog, field), text);
    QTEST(problems(*dialog).join(u' '), "problem");
    QVERIFY(!dialog->findChild<AccentButton *>(u"save"_s)->isEnabled());
}

void TestConnectionService::problemsLeadToTheirResource()
{
    const auto dialog = m_place->open(read(whole));
    QVERIFY(openTab(*dialog, u"Resources"_s));
    auto *list = dialog->findChild<QListWidget *>(u"resources"_s);
    list->setCurrentRow(1);
    edit(*dialog, u"resourceKey"_s)->setText(u"nobody"_s);
    QVERIFY(!list->item(1)->icon().isNull() && list->item(0)->icon().isNull());
    list->setCurrentRow(0);
    QVERIFY(openTab(*dialog, u"General"_s));
    QVERIFY(person::click(*dialog, u"Key"_s)); // the link
    QCOMPARE(list->currentRow(), 1);
    QTRY_VERIFY(edit(*dialog, u"resourceKey"_s)->hasFocus());
    QVERIFY(person::shows(*dialog, u"There is no column nobody."_s));
}

void TestConnectionService::anAddressIsPasted()
{
    const auto dialog = m_place->open();
    paste(edit(*dialog, u"url"_s), u"https://app:s3cret@crm.example/api?limit=5"_s);
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    QCOMPARE(edit(*dialog, u"serviceUrl"_s)->text(), u"https://crm.example/api"_s);
    QCOMPARE(edit(*dialog, u"user"_s)->text(), u"app"_s);
    QCOMPARE(edit(*dialog, u"secret"_s)->text(), u"s3cret"_s);
    QCOMPARE(edit(*dialog, u"name"_s)->text(), u"crm.example"_s);
    QVERIFY2(notice(*dialog).contains(u"Left out of the URL: limit."_s), qPrintable(notice(*dialog)));
    QVERIFY(!connectionToJson(dialog->settings()).contains("password"_L1));
}

QTEST_MAIN(TestConnectionService)
#include "tst_connectionservice.moc"
