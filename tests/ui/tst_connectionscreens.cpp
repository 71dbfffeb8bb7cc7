// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QListWidget>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "ui/connections/certificatedialog.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/connections/grantsdialog.h"
#include "ui/connections/passworddialog.h"
#include "ui/connections/resourcecolumns.h"
#include "ui/connections/testpanel.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The connection screens in their states, as people see them: nothing cut, faint or without a name. Their pictures lie
// in screenshots/ of the build folder.
class TestConnectionScreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void init() { m_faults.clear(); }
    void dialog_data() { looks::settings_data(); }
    void dialog();
    void services_data() { looks::settings_data(); }
    void services();
    void queues_data() { looks::settings_data(); }
    void queues();
    void list_data() { looks::settings_data(); }
    void list();

private:
    void shoot(QWidget &widget, const QString &name);
    static ConnectionSettings shop();
    QStringList m_faults;
};

void TestConnectionScreens::shoot(QWidget &widget, const QString &name)
{
    const QStringList found = looks::shoot(widget, u"connection-"_s + name);
    for (const QString &fault : found)
        m_faults << QString(name + u": "_s + fault);
}

ConnectionSettings TestConnectionScreens::shop()
{
    ConnectionSettings shop;
    shop.name = u"shop"_s;
    shop.driver = Driver::Postgres;
    shop.host = u"db.example"_s;
    shop.database = u"shop"_s;
    shop.user = u"app"_s;
    shop.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    shop.ssh = SshSettings{u"bastion.example"_s, 2222, u"me"_s, u"/home/me/.ssh/id_ed25519"_s};
    shop.production = true;
    return shop;
}

void TestConnectionScreens::dialog()
{
    looks::use(looks::fetch());
    QTemporaryDir folder;
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);

    ConnectionDialog fresh(*desk, {}, {});
    fresh.show();
    shoot(fresh, u"1-new"_s);
    fresh.findChild<TextField *>(u"url"_s)->setText(u"postgres://app:secret@db.example/shop?application_name=x"_s);
    QTest::keyClick(fresh.findChild<TextField *>(u"url"_s), Qt::Key_Return);
    shoot(fresh, u"2-url"_s);

    ConnectionDialog dialog(*desk, shop(), {});
    dialog.show();
    shoot(dialog, u"3-general"_s);
    auto *tabs = dialog.findChild<QTabWidget *>();
    auto *panel = dialog.findChild<TestPanel *>();
    tabs->setCurrentIndex(1);
    panel->begin();
    panel->reach(TestStep::Login);
    shoot(dialog, u"4-tls-testing"_s);
    ConnectionTest test;
    test.facts.product = u"PostgreSQL"_s;
    test.facts.version = u"15.6"_s;
    test.encrypted = test.verified = test.throughSsh = test.canCreate = true;
    test.tlsProtocol = u"TLSv1.3"_s;
    test.milliseconds = 138;
    test.tables = test.readableTables = 42;
    test.writableTables = 40;
    panel->succeed(test, false);
    tabs->setCurrentIndex(2);
    shoot(dialog, u"5-ssh-passed"_s);
    panel->begin();
    panel->reach(TestStep::Tls);
    ConnectionDraft draft = ConnectionDraft::of(shop());
    panel->fail(Error{ErrorCode::TlsUntrusted,
                      {{Fact::Host, u"db.example"_s}, {Fact::Port, u"5432"_s}},
                      u"SSL error: certificate verify failed: self-signed certificate in certificate chain"_s},
                draft);
    tabs->setCurrentIndex(1);
    shoot(dialog, u"6-tls-failed"_s);
    for (const QString &name : {u"host"_s, u"port"_s, u"database"_s, u"timeout"_s, u"pin"_s, u"sshHost"_s}) {
        auto *edit = dialog.findChild<TextField *>(name);
        edit->clear();
        QTest::keyClicks(edit, name == u"database"_s ? QString() : u"x y"_s);
    }
    tabs->setCurrentIndex(0);
    shoot(dialog, u"7-problems"_s);
    dialog.resize(dialog.minimumSize());
    shoot(dialog, u"7-problems-smallest"_s);

    ConnectionSettings odd;
    odd.name = u"a\nb\"'<b>x</b>\u202egnp.exe مرحبا"_s;
    odd.database = u"/tmp/none.db"_s;
    ConnectionDialog sqlite(*desk, odd, {});
    sqlite.show();
    QTRY_VERIFY(sqlite.findChild<QCheckBox *>(u"createFile"_s)->isVisible());
    sqlite.findChild<TextField *>(u"name"_s)->deselect(); // seen as it is read
    shoot(sqlite, u"8-sqlite"_s);

    PasswordDialog password(shop(), false, nullptr);
    password.show();
    shoot(password, u"9-password"_s);
    GrantsDialog grants(*desk, shop(), {}, nullptr);
    grants.show();
    auto *names = grants.findChild<TextField *>(u"grantTables"_s);
    names->setText(u"orders, customers, odd \"name"_s);
    shoot(grants, u"9-grants"_s);
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
}

static ConnectionSettings fromJson(const QByteArray &json)
{
    return connectionFromJson(QJsonDocument::fromJson(json).object(), {}, {}, u"/"_s).value_or(ConnectionSettings());
}

void TestConnectionScreens::services()
{
    looks::use(looks::fetch());
    QTemporaryDir folder;
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    const ConnectionSettings crm = fromJson(R"j({"name": "crm", "driver": "http", "url": "https://crm.example/api",
        "auth": {"header": {"name": "X-Api-Key", "value": {"env": "CRM_KEY"}}}, "headers": {"X-Tenant": "7"}, "resources": {
        "customers": {"path": "/customers", "paging": {"by": "next-link"}},
        "orders": {"path": "/orders", "records": "/data/items", "key": ["id"],
        "columns": {"id": "integer", "total": "decimal(12,2)", "who": {
        "type" : "text", "from" : "/customer/name"}
}
, "paging": { "by" : "page", "param" : "page", "size" : 50, "sizeParam" : "per_page" },
"query": {"state": "open"}, "write": {"insert": "POST /orders", "update": "PATCH /orders/{id}"}
}
}
})j");
    QVERIFY(crm.http);
    ConnectionDialog dialog(*desk, crm, {});
    dialog.show();
    shoot(dialog, u"service-1-general"_s);
    auto *tabs = dialog.findChild<QTabWidget *>();
    tabs->setCurrentIndex(static_cast<int>(ConnectionTab::Tls));
    shoot(dialog, u"service-2-tls"_s);
    tabs->setCurrentIndex(static_cast<int>(ConnectionTab::Resources));
    auto *list = dialog.findChild<QListWidget *>(u"resources"_s);
    list->setCurrentRow(1);
    shoot(dialog, u"service-3-resources"_s);
    auto *since = dialog.findChild<TextField *>(u"sinceParam"_s);
    since->setFocus();
    shoot(dialog, u"service-4-paging"_s);
    dialog.findChild<TextField *>(u"resourcePath"_s)->setFocus();
    auto *columns = dialog.findChild<ResourceColumns *>();
    columns->begin(u"orders"_s);
    shoot(dialog, u"service-5-inferring"_s);
    columns->fail(u"orders: HTTP 503"_s);
    QTest::keyClicks(dialog.findChild<TextField *>(u"resourcePath"_s), u" ?x"_s);
    shoot(dialog, u"service-6-problems"_s);
    dialog.findChild<TextField *>(u"insertPath"_s)->setFocus();
    dialog.findChild<TextField *>(u"writtenRecord"_s)->setFocus();
    shoot(dialog, u"service-9-writing"_s);
    tabs->setCurrentIndex(static_cast<int>(ConnectionTab::Requests));
    shoot(dialog, u"service-10-requests"_s);
    ConnectionSettings bare = crm;
    auto none = std::make_shared<HttpSettings>(*crm.http);
    none->resources.clear();
    none->url = u"http://127.0.0.1:8080"_s;
    bare.http = none;
    ConnectionDialog empty(*desk, bare, {});
    empty.show();
    shoot(empty, u"service-7-near"_s);
    empty.findChild<QTabWidget *>()->setCurrentIndex(static_cast<int>(ConnectionTab::Resources));
    shoot(empty, u"service-8-empty"_s);
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
}

void TestConnectionScreens::queues()
{
    looks::use(looks::fetch());
    QTemporaryDir folder;
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    ConnectionDialog redis(*desk, fromJson(R"j({"name": "feed", "driver": "redis", "host": "mq.example", "user": "app",
                               "password": "ask", "stream": "orders", "group": "tidemark"})j"),
                           {});
    redis.show();
    shoot(redis, u"queue-1-redis"_s);
    redis.findChild<QTabWidget *>()->setCurrentIndex(static_cast<int>(ConnectionTab::Queue));
    ConnectionTest test;
    test.facts.product = u"Redis"_s;
    test.facts.version = u"7.0.15"_s;
    test.facts.remarks = {u"queue-absent"_s};
    test.queue = QueueCounts{1234, 2, 1};
    redis.findChild<TestPanel *>()->succeed(test, false);
    shoot(redis, u"queue-2-stream"_s);
    ConnectionDialog amqp(*desk,
                          fromJson(R"j({"name": "feed", "driver": "amqp", "host": "mq.example", "database": "shop",
                               "user": "app", "password": "ask", "exchange": "orders", "queue": "orders"})j"),
                          {});
    amqp.show();
    shoot(amqp, u"queue-3-rabbitmq"_s);
    amqp.findChild<QTabWidget *>()->setCurrentIndex(static_cast<int>(ConnectionTab::Queue));
    shoot(amqp, u"queue-4-exchange"_s);
    for (const QString &name : {u"exchange"_s, u"queue"_s})
        amqp.findChild<TextField *>(name)->clear();
    shoot(amqp, u"queue-5-problems"_s);
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
}

void TestConnectionScreens::list()
{
    looks::use(looks::fetch());
    QTemporaryDir folder;
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    {
        ConnectionListDialog empty(*desk);
        empty.show();
        QTRY_VERIFY(person::button(empty, u"New connection…"_s) || person::button(empty, u"新建连接…"_s));
        shoot(empty, u"list-empty"_s);
    }
    const Workspace &workspace = (*desk)->workspace();
    ConnectionSettings till;
    till.name = u"Till"_s;
    till.database = u"/srv/data/a/rather/long/path/to/the/place/where/the/till/keeps/its/rows/till.db"_s;
    ConnectionSettings mirror = shop();
    mirror.name = u"warehouse"_s;
    mirror.driver = Driver::Mysql;
    mirror.production = false;
    mirror.readOnly = true;
    ConnectionSettings odd;
    odd.name = u"quotes \"' and مرحبا <b>x</b>"_s;
    odd.database = u"/tmp/x.db"_s;
    for (const ConnectionSettings &settings : {shop(), till, mirror, odd})
        QVERIFY(workspace.saveConnection(settings));
    const TestMemory memory(workspace.folder());
    const qint64 now = (*desk)->clock().nowUs();
    memory.remember(shop(), {now, u"PostgreSQL 15.6"_s, {}}, {shop(), mirror});
    memory.remember(mirror, {now - 7'200'000'000, {}, ErrorCode::WrongPassword}, {shop(), mirror});
    ConnectionListDialog list(*desk);
    list.show();
    auto *view = list.findChild<QListView *>();
    QTRY_COMPARE(view->model()->rowCount(), 4);
    shoot(list, u"list"_s);
    QVERIFY2(m_faults.isEmpty(), qPrintable(m_faults.join(u'\n')));
}

QTEST_MAIN(TestConnectionScreens)
#include "tst_connectionscreens.moc"
