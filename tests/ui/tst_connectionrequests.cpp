// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/textfield.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// What goes with the requests to a web service, how its records are written and what it may cost, in the connection
// dialog.
class TestConnectionRequests : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void everyKeyHasAField();
    void itIsDescribedByHand();
    void methodsBringTheirUsualPath();
    void wrongInputIsNamed_data();
    void wrongInputIsNamed();
    void wrongHeadersAreNamed_data();
    void wrongHeadersAreNamed();
    void problemsLeadToTheirField();
    void certificatesAreOfHttpsAlone();

private:
    static ConnectionSettings read(const QByteArray &json);
    static bool openTab(const QWidget &dialog, ConnectionTab tab);
    static void typePair(const QWidget &dialog, const QString &table, const QString &name, const QString &value);
    std::unique_ptr<Place> m_place;
};

static const QByteArray whole = R"j({"name": "crm", "driver": "http", "url": "https://crm.example/api",
 "headers": {"X-Tenant": "7"}, "inFlight": 3, "limits": {"body": "1MiB", "depth": 9, "redirects": 2, "request": "7s",
 "read": "3h", "retries": 4, "retryDelay": "250ms", "wait": "2m"},
 "resources": {"orders": {"path": "/orders", "key": ["id"], "query": {"state": "open"},
  "write": {"insert": "POST /orders", "update": "PATCH /orders/{id}", "delete": "DELETE /orders/{id}",
            "record": "/data"}}}})j";

ConnectionSettings TestConnectionRequests::read(const QByteArray &json)
{
    const auto settings = connectionFromJson(QJsonDocument::fromJson(json).object(), u"crm.json"_s, {}, u"/"_s);
    if (!settings)
        qFatal("%s", qPrintable(settings.error().facts.value(Fact::JsonPath)));
    return *settings;
}

bool TestConnectionRequests::openTab(const QWidget &dialog, ConnectionTab tab)
{
    return connecting::openTab(dialog, static_cast<int>(tab));
}

// By the button, as a person does.
void TestConnectionRequests::typePair(const QWidget &dialog, const QString &table, const QString &name,
                                      const QString &value)
{
    auto *pairs = dialog.findChild<QTableWidget *>(table);
    QVERIFY(person::click(dialog.findChild<QPushButton *>(table + u"Add"_s)));
    auto *cell = pairs->viewport()->findChild<QLineEdit *>(); // typed at once
    QVERIFY(cell);
    QTest::keyClicks(cell, name);
    QTest::keyClick(cell, Qt::Key_Return);
    QTRY_COMPARE(pairs->item(pairs->rowCount() - 1, 0)->text(), name);
    pairs->item(pairs->rowCount() - 1, 1)->setText(value);
}

void TestConnectionRequests::everyKeyHasAField()
{
    const ConnectionSettings settings = read(whole);
    const auto dialog = m_place->open(settings);
    QCOMPARE(connectionToJson(dialog->settings()), connectionToJson(settings));
    QVERIFY2(problems(*dialog).isEmpty(), qPrintable(problems(*dialog).join(u' ')));
    QVERIFY(openTab(*dialog, ConnectionTab::Requests));
    const auto number = [&](const QString &name) { return dialog->findChild<QSpinBox *>(name)->value(); };
    QCOMPARE((QList<int>{number(u"inFlight"_s), number(u"retries"_s), number(u"redirects"_s), number(u"depth"_s)}),
             (QList<int>{3, 4, 2, 9}));
    for (const auto &[name, text] : {std::pair(u"bodyLimit"_s, u"1MiB"_s), std::pair(u"requestLimit"_s, u"7s"_s),
                                     std::pair(u"readLimit"_s, u"3h"_s), std::pair(u"retryDelay"_s, u"250ms"_s),
                                     std::pair(u"waitLimit"_s, u"2m"_s)})
        QCOMPARE(edit(*dialog, name)->text(), text);
    QCOMPARE(dialog->findChild<QTableWidget *>(u"headers"_s)->item(0, 0)->text(), u"X-Tenant"_s);
    QVERIFY(openTab(*dialog, ConnectionTab::Resources));
    QCOMPARE(dialog->findChild<QTableWidget *>(u"query"_s)->item(0, 1)->text(), u"open"_s);
    QCOMPARE(dialog->findChild<QComboBox *>(u"updateMethod"_s)->currentText(), u"PATCH"_s);
    QCOMPARE(edit(*dialog, u"deletePath"_s)->text(), u"/orders/{id}"_s);
    QCOMPARE(edit(*dialog, u"writtenRecord"_s)->text(), u"/data"_s);
    // What is usual stands in no file.
    const auto bare = m_place->open(read(R"j({"name": "crm", "driver": "http", "url": "https://crm.example",
        "resources": {"orders": {"path": "/orders"}}})j"));
    const QJsonObject said = connectionToJson(bare->settings());
    for (const QString &key : {u"limits"_s, u"headers"_s, u"inFlight"_s})
        QVERIFY2(!said.contains(key), qPrintable(key));
    QVERIFY(!bare->settings().http->resources.first().write);
}

void TestConnectionRequests::itIsDescribedByHand()
{
    const auto dialog = m_place->open(read(R"j({"name": "crm", "driver": "http", "url": "https://crm.example/api",
        "resources": {"orders": {"path": "/orders", "key": ["id"]}}})j"));
    QVERIFY(openTab(*dialog, ConnectionTab::Resources));
    typePair(*dialog, u"query"_s, u"state"_s, u"open"_s);
    QVERIFY(person::choose(*dialog, u"insertMethod"_s, u"POST"_s));
    QVERIFY(person::choose(*dialog, u"updateMethod"_s, u"PATCH"_s));
    QVERIFY(person::choose(*dialog, u"deleteMethod"_s, u"DELETE"_s));
    QVERIFY(person::type(*dialog, u"writtenRecord"_s, u"/data"_s));
    QVERIFY(openTab(*dialog, ConnectionTab::Requests));
    typePair(*dialog, u"headers"_s, u"X-Tenant"_s, u"7"_s);
    for (const auto &[name, number] : {std::pair(u"inFlight"_s, 3), std::pair(u"retries"_s, 4),
                                       std::pair(u"redirects"_s, 2), std::pair(u"depth"_s, 9)})
        dialog->findChild<QSpinBox *>(name)->setValue(number);
    QVERIFY(person::type(*dialog, u"Largest answer"_s, u"1MiB"_s));
    QVERIFY(person::type(*dialog, u"One request"_s, u"7s"_s));
    QVERIFY(person::type(*dialog, u"Whole reading"_s, u"3h"_s));
    QVERIFY(person::type(*dialog, u"First pause"_s, u"250ms"_s));
    QVERIFY(person::type(*dialog, u"Longest pause"_s, u"2m"_s));
    QVERIFY2(problems(*dialog).isEmpty(), qPrintable(problems(*dialog).join(u' ')));
    QCOMPARE(connectionToJson(dialog->settings()), connectionToJson(read(whole)));
    // And taken out again.
    QVERIFY(openTab(*dialog, ConnectionTab::Resources));
    for (const QString &method : {u"insertMethod"_s, u"updateMethod"_s, u"deleteMethod"_s})
        QVERIFY(person::choose(*dialog, method, u"Not possible"_s));
    edit(*dialog, u"writtenRecord"_s)->clear();
    dialog->findChild<QTableWidget *>(u"query"_s)->selectRow(0);
    QVERIFY(person::click(dialog->findChild<QPushButton *>(u"queryRemove"_s)));
    const HttpResource left = dialog->settings().http->resources.first();
    QVERIFY(!left.write && left.query.isEmpty());
}

void TestConnectionRequests::methodsBringTheirUsualPath()
{
    const auto dialog = m_place->open(read(R"j({"name": "crm", "driver": "http", "url": "https://crm.example/api",
        "resources": {"orders": {"path": "/orders", "key": ["region", "id"]}}})j"));
    QVERIFY(openTab(*dialog, ConnectionTab::Resources));
    QVERIFY(!edit(*dialog, u"insertPath"_s)->isEnabled());
    QVERIFY(person::choose(*dialog, u"insertMethod"_s, u"POST"_s));
    QCOMPARE(edit(*dialog, u"insertPath"_s)->text(), u"/orders"_s);
    QVERIFY(person::choose(*dialog, u"updateMethod"_s, u"PUT"_s));
    QCOMPARE(edit(*dialog, u"updatePath"_s)->text(), u"/orders/{region}/{id}"_s);
    edit(*dialog, u"updatePath"_s)->setText(u"/o/{id}/{region}"_s);
    QVERIFY(person::choose(*dialog, u"updateMethod"_s, u"PATCH"_s)); // what was typed stays
    QCOMPARE(edit(*dialog, u"updatePath"_s)->text(), u"/o/{id}/{region}"_s);
    QVERIFY2(problems(*dialog).isEmpty(), qPrintable(problems(*dialog).join(u' ')));
}

void TestConnectionRequests::wrongInputIsNamed_data()
{
    QTest::addColumn<int>("tab");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem"); // its link
    QTest::addColumn<QString>("said"); // at the field
    const int resources = static_cast<int>(ConnectionTab::Resources),
              requests = static_cast<int>(ConnectionTab::Requests);
    QTest::newRow("key missing") << resources << u"updatePath"_s << u"/orders"_s << u"Update"_s
                                 << u"The path is that of one record: {id} is missing in it."_s;
    QTest::newRow("no key column") << resources << u"deletePath"_s << u"/orders/{id}/{no}"_s << u"Delete"_s
                                   << u"{no} is no column of the key."_s;
    QTest::newRow("no path") << resources << u"insertPath"_s << u"orders"_s << u"Insert"_s
                             << u"A path begins with a slash and has neither a query nor a fragment: /orders/{id}."_s;
    QTest::newRow("no pointer") << resources << u"writtenRecord"_s << u"data"_s << u"Record written"_s
                                << u"A JSON pointer begins with a slash, such as /data/items."_s;
    QTest::newRow("key that is not named") << resources << u"resourceKey"_s << u" "_s << u"Key"_s
                                           << u"Where records are written, their key is named here."_s;
    QTest::newRow("no size") << requests << u"bodyLimit"_s << u"much"_s << u"Largest answer"_s
                             << u"Enter a size such as 64MiB, from 1KiB to 1GiB."_s;
    QTest::newRow("too large") << requests << u"bodyLimit"_s << u"2GiB"_s << u"Largest answer"_s
                               << u"Enter a size such as 64MiB, from 1KiB to 1GiB."_s;
    for (const auto &[field, link] : {std::pair("requestLimit", "One request"), std::pair("readLimit", "Whole reading"),
                                      std::pair("retryDelay", "First pause"), std::pair("waitLimit", "Longest pause")})
        QTest::newRow(field) << requests << QString::fromLatin1(field) << u"25h"_s << QString::fromLatin1(link)
                             << u"Enter a duration such as 30s or 5m, at most 24h."_s;
}

void TestConnectionRequests::wrongInputIsNamed()
{
    QFETCH(int, tab);
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, said);
    const auto dialog = m_place->open(read(whole));
    QVERIFY(connecting::openTab(*dialog, tab));
    edit(*dialog, field)->clear();
    QTest::keyClicks(edit(*dialog, field), text);
    QTEST(problems(*dialog).join(u' '), "problem");
    QVERIFY2(person::shows(*dialog, said), qPrintable(person::texts(*dialog).join(u'\n')));
    QVERIFY(!dialog->findChild<AccentButton *>(u"save"_s)->isEnabled());
}

void TestConnectionRequests::wrongHeadersAreNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("said");
    QTest::newRow("none") << QString() << u"A header needs a name."_s;
    QTest::newRow("a secret") << u"Authorization"_s
                              << u"Authorization bears a secret: choose it as the authentication."_s;
    QTest::newRow("ours") << u"Host"_s << u"Host is no header's name, or one that Tidemark sets itself."_s;
    QTest::newRow("blank") << u"X Tenant"_s << u"X Tenant is no header's name, or one that Tidemark sets itself."_s;
    QTest::newRow("twice") << u"x-tenant"_s << u"There are two headers named x-tenant."_s;
}

void TestConnectionRequests::wrongHeadersAreNamed()
{
    QFETCH(QString, name);
    QFETCH(QString, said);
    const auto dialog = m_place->open(read(whole));
    QVERIFY(openTab(*dialog, ConnectionTab::Requests));
    typePair(*dialog, u"headers"_s, name, u"1"_s);
    QCOMPARE(problems(*dialog), QStringList{u"Headers"_s});
    QVERIFY2(person::shows(*dialog, said), qPrintable(person::texts(*dialog).join(u'\n')));
    QVERIFY(!dialog->findChild<AccentButton *>(u"save"_s)->isEnabled());
}

void TestConnectionRequests::problemsLeadToTheirField()
{
    const auto dialog = m_place->open(read(whole));
    QVERIFY(openTab(*dialog, ConnectionTab::Resources));
    edit(*dialog, u"updatePath"_s)->setText(u"/orders"_s);
    QVERIFY(openTab(*dialog, ConnectionTab::Requests));
    edit(*dialog, u"waitLimit"_s)->setText(u"soon"_s);
    QVERIFY(openTab(*dialog, ConnectionTab::General));
    QVERIFY(person::click(*dialog, u"Update"_s)); // the link
    QTRY_VERIFY(edit(*dialog, u"updatePath"_s)->hasFocus());
    QVERIFY(person::click(*dialog, u"Longest pause"_s));
    QTRY_VERIFY(edit(*dialog, u"waitLimit"_s)->hasFocus());
}

void TestConnectionRequests::certificatesAreOfHttpsAlone()
{
    const auto dialog = m_place->open(read(whole));
    QVERIFY(openTab(*dialog, ConnectionTab::Tls));
    auto *view = dialog->findChild<QPushButton *>(u"viewCertificate"_s);
    QVERIFY(view->isVisible() && view->isEnabled());
    edit(*dialog, u"serviceUrl"_s)->setText(u"http://127.0.0.1:8080"_s);
    QVERIFY(!view->isEnabled());
}

QTEST_MAIN(TestConnectionRequests)
#include "tst_connectionrequests.moc"
