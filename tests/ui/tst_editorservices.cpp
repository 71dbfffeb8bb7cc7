// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStandardItemModel>
#include <QTableView>

#include "core/config/workspace.h"
#include "tests/endpoint/http/shopservice.h"
#include "tests/ui/support/jobstage.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Jobs that read a web service or have to do with a message queue, in the editor: their tables are there, and what they
// cannot is not offered.
class TestEditorServices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void resourcesAreTables();
    void whatAServiceCannotIsNotOffered();
    void whatAFileSaysAllTheSameIsShown();
    void aServiceThatIsReadAloneIsNoTarget();
    void onlyPairsThatWorkAreOffered();
    void aPairThatAFileSaysIsNamedAtItsField();
    void aQueueIsNotCompared();
    void messagesAreTheChanges();
    void looksGood_data() { looks::settings_data(); }
    void looksGood();

private:
    static void save(const JobStage &stage, const ConnectionSettings &settings);
    static void addCopy(const JobStage &stage);
    static QJsonObject job(const QString &source, const QString &target, const QJsonObject &more = {});
    static QStringList offered(const JobDialog &dialog, const QString &box);
};

void TestEditorServices::save(const JobStage &stage, const ConnectionSettings &settings)
{
    person::elsewhere([&] {
        if (!stage.desk()->workspace().saveConnection(settings))
            qFatal("the connection is not saved");
    });
}

QJsonObject TestEditorServices::job(const QString &source, const QString &target, const QJsonObject &more)
{
    QJsonObject job{{u"tidemark"_s, 1},
                    {u"name"_s, u"feed"_s},
                    {u"source"_s, source},
                    {u"target"_s, target},
                    {u"mode"_s, u"mirror"_s},
                    {u"create"_s, true},
                    {u"tables"_s, QJsonArray{u"orders"_s}}};
    for (auto it = more.begin(); it != more.end(); ++it)
        job[it.key()] = it.value();
    return job;
}

// An empty database to copy into.
void TestEditorServices::addCopy(const JobStage &stage)
{
    ConnectionSettings copy;
    copy.name = u"Copy"_s;
    copy.database = stage.path(u"copy.db"_s);
    person::elsewhere([&] {
        QFile file(copy.database);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
    });
    save(stage, copy);
}

// What can be chosen.
QStringList TestEditorServices::offered(const JobDialog &dialog, const QString &box)
{
    const auto *found = qobject_cast<const QComboBox *>(person::field(dialog, box));
    QStringList texts;
    if (found == nullptr)
        return texts;
    for (int at = 0; at < found->count(); ++at) {
        const auto *model = qobject_cast<const QStandardItemModel *>(found->model());
        if (model == nullptr || model->item(at)->isEnabled())
            texts << found->itemText(at);
    }
    return texts;
}

static ConnectionSettings redis()
{
    ConnectionSettings settings;
    settings.name = u"feed"_s;
    settings.driver = Driver::Redis;
    settings.host = u"127.0.0.1"_s;
    settings.port = 1; // nobody answers
    QueueSettings queue;
    queue.stream = u"orders"_s;
    settings.queue = std::make_shared<const QueueSettings>(queue);
    return settings;
}

void TestEditorServices::resourcesAreTables()
{
    ShopService shop(12);
    const JobStage stage;
    save(stage, shop.settings(ShopService::paging(u"page"_s)));
    addCopy(stage);
    stage.write(u"feed"_s, job(u"crm"_s, u"Copy"_s));
    const auto dialog = stage.open(u"feed"_s);
    editor::settle(*dialog);
    QVERIFY2(dialog->checks().problems().isEmpty(), qPrintable(dialog->checks().problems().value(0).text));
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    const QAbstractItemModel *columns = nullptr;
    QTRY_VERIFY((columns = dialog->findChild<QTableView *>(u"columns"_s)->model())->rowCount() >= 4);
    QStringList names;
    for (int row = 0; row < columns->rowCount(); ++row)
        names << columns->index(row, 1).data().toString().section(u' ', 0, 0);
    for (const QString &name : {u"id"_s, u"name"_s, u"total"_s, u"updated_at"_s})
        QVERIFY2(names.contains(name), qPrintable(names.join(u' ')));
}

void TestEditorServices::whatAServiceCannotIsNotOffered()
{
    ShopService shop(3);
    const JobStage stage;
    save(stage, shop.settings(ShopService::paging(u"none"_s)));
    addCopy(stage);
    stage.write(u"feed"_s, job(u"crm"_s, u"Copy"_s));
    const auto dialog = stage.open(u"feed"_s);
    QVERIFY(dialog->findChild<QWidget *>(u"modeUpdate"_s)->isEnabled());
    editor::page(*dialog, 3);
    QCOMPARE(offered(*dialog, u"detect.by"_s),
             (QStringList{u"Compare all rows"_s, u"By a time stamp"_s, u"By a version number"_s}));
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    QVERIFY(!dialog->findChild<QPlainTextEdit *>(u"where.source"_s)->isEnabled());
    // Two databases again: all of it is back.
    editor::page(*dialog, 1);
    QVERIFY(person::choose(*dialog, u"source"_s, u"Till"_s));
    QVERIFY(dialog->findChild<QWidget *>(u"modeTwoWay"_s)->isEnabled());
    QVERIFY(!dialog->findChild<QLabel *>(u"modeNote"_s)->isVisible());
    editor::page(*dialog, 3);
    QVERIFY(offered(*dialog, u"detect.by"_s).contains(u"By a flag"_s));
}

// Where it can be put right.
void TestEditorServices::whatAFileSaysAllTheSameIsShown()
{
    ShopService shop(3);
    const JobStage stage;
    save(stage, shop.settings(ShopService::paging(u"none"_s)));
    addCopy(stage);
    const QJsonObject flag{{u"by"_s, u"flag"_s}, {u"column"_s, u"sent"_s}, {u"pending"_s, 0}, {u"done"_s, 1}};
    const QJsonArray tables{QJsonObject{{u"source"_s, u"orders"_s}, {u"where"_s, u"id > 3"_s}}};
    stage.write(u"feed"_s, job(u"crm"_s, u"Copy"_s, {{u"detect"_s, flag}, {u"tables"_s, tables}}));
    const auto dialog = stage.open(u"feed"_s);
    editor::page(*dialog, 3);
    QVERIFY(offered(*dialog, u"detect.by"_s).contains(u"By a flag"_s));
    editor::page(*dialog, 2);
    QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
    QTRY_VERIFY(dialog->findChild<QPlainTextEdit *>(u"where.source"_s)->isEnabled());
}

void TestEditorServices::aServiceThatIsReadAloneIsNoTarget()
{
    ShopService shop(3);
    const JobStage stage;
    save(stage, shop.settings(ShopService::paging(u"none"_s)));
    addCopy(stage);
    const auto dialog = stage.open({});
    QVERIFY(offered(*dialog, u"source"_s).contains(u"crm"_s));
    QVERIFY(!offered(*dialog, u"target"_s).contains(u"crm"_s));
    const auto *target = dialog->findChild<QComboBox *>(u"target"_s);
    QVERIFY(offered(*dialog, u"target"_s).contains(u"Copy"_s));
    const int at = target->findText(u"crm"_s);
    QVERIFY(at >= 0);
    QVERIFY(target->itemData(at, Qt::AccessibleDescriptionRole).toString().startsWith(u"It is read alone"_s));
}

// An exchange alone: nothing can be read from it.
static ConnectionSettings exchange()
{
    ConnectionSettings settings = redis();
    settings.name = u"bare"_s;
    settings.driver = Driver::Amqp;
    QueueSettings queue;
    queue.exchange = u"orders"_s;
    settings.queue = std::make_shared<const QueueSettings>(queue);
    return settings;
}

void TestEditorServices::onlyPairsThatWorkAreOffered()
{
    ShopService shop(3);
    const JobStage stage;
    save(stage, shop.settings(ShopService::paging(u"none"_s)));
    save(stage, redis());
    save(stage, exchange());
    addCopy(stage);
    stage.write(u"feed"_s, job(u"feed"_s, u"Copy"_s, {{u"mode"_s, u"update"_s}, {u"create"_s, false}}));
    const auto dialog = stage.open(u"feed"_s);
    QStringList sources = offered(*dialog, u"source"_s), targets = offered(*dialog, u"target"_s);
    QVERIFY(sources.contains(u"feed"_s) && sources.contains(u"crm"_s) && sources.contains(u"Till"_s));
    QVERIFY(!sources.contains(u"bare"_s));
    QVERIFY(targets.contains(u"Copy"_s) && targets.contains(u"Till"_s));
    for (const QString &name : {u"crm"_s, u"feed"_s, u"bare"_s})
        QVERIFY2(!targets.contains(name), qPrintable(name));
    const auto *target = dialog->findChild<QComboBox *>(u"target"_s);
    QCOMPARE(target->itemData(target->findText(u"feed"_s), Qt::AccessibleDescriptionRole).toString(),
             u"The other side of a message queue has to be a database."_s);
    // From a database both can be published to; then no service can be the source.
    QVERIFY(person::choose(*dialog, u"source"_s, u"Till"_s));
    targets = offered(*dialog, u"target"_s);
    QVERIFY(targets.contains(u"feed"_s) && targets.contains(u"bare"_s));
    QVERIFY(person::choose(*dialog, u"target"_s, u"bare"_s));
    sources = offered(*dialog, u"source"_s);
    QVERIFY(sources.contains(u"Copy"_s) && !sources.contains(u"crm"_s) && !sources.contains(u"feed"_s));
}

void TestEditorServices::aPairThatAFileSaysIsNamedAtItsField()
{
    const JobStage stage;
    save(stage, redis());
    save(stage, exchange());
    stage.write(u"feed"_s, job(u"feed"_s, u"bare"_s, {{u"mode"_s, u"update"_s}, {u"create"_s, false}}));
    const auto dialog = stage.open(u"feed"_s);
    QVERIFY(person::shows(*dialog, u"The other side of a message queue has to be a database."_s));
    QCOMPARE(dialog->findChild<QComboBox *>(u"target"_s)->accessibleDescription(),
             u"The other side of a message queue has to be a database."_s);
}

void TestEditorServices::aQueueIsNotCompared()
{
    const JobStage stage;
    save(stage, redis());
    stage.write(u"feed"_s, job(u"Till"_s, u"feed"_s, {{u"mode"_s, u"update"_s}, {u"create"_s, false}}));
    const auto dialog = stage.open(u"feed"_s);
    QVERIFY(!dialog->findChild<QWidget *>(u"modeTwoWay"_s)->isEnabled());
    QVERIFY(person::shows(*dialog, u"a message queue carries changes one way."_s));
    editor::page(*dialog, 3);
    QVERIFY(offered(*dialog, u"detect.by"_s).contains(u"Compare all rows"_s)); // as the file has it, to be put right
    QVERIFY(person::choose(*dialog, u"detect.by"_s, u"By a time stamp"_s));
    QVERIFY(!offered(*dialog, u"detect.by"_s).contains(u"Compare all rows"_s));
    QVERIFY(!person::field(*dialog, u"transaction"_s) && !person::field(*dialog, u"checkpoint"_s));
    editor::page(*dialog, 2);
    QVERIFY(!dialog->findChild<QWidget *>(u"createTables"_s)->isVisible());
}

void TestEditorServices::messagesAreTheChanges()
{
    const JobStage stage;
    save(stage, redis());
    stage.write(u"feed"_s, job(u"feed"_s, u"Till"_s, {{u"mode"_s, u"update"_s}, {u"create"_s, false}}));
    const auto dialog = stage.open(u"feed"_s);
    editor::page(*dialog, 3);
    QVERIFY(person::shows(*dialog, u"The messages are the changes: nothing has to be found."_s));
    QVERIFY(!person::field(*dialog, u"detect.by"_s));
    editor::page(*dialog, 1);
    QVERIFY(person::choose(*dialog, u"source"_s, u"Report copy"_s));
    editor::page(*dialog, 3);
    QVERIFY(offered(*dialog, u"detect.by"_s).contains(u"By a flag"_s));
}

void TestEditorServices::looksGood()
{
    looks::use(looks::fetch());
    ShopService shop(12);
    const JobStage stage;
    save(stage, shop.settings(ShopService::paging(u"page"_s)));
    addCopy(stage);
    stage.write(u"feed"_s, job(u"crm"_s, u"Copy"_s));
    QStringList faults;
    {
        const auto dialog = stage.open(u"feed"_s);
        editor::settle(*dialog);
        faults += looks::shoot(*dialog, u"service-editor-1-sides"_s);
        editor::page(*dialog, 2);
        QTRY_VERIFY(editor::pickTable(*dialog, u"orders"_s));
        QTRY_VERIFY(dialog->findChild<QTableView *>(u"columns"_s)->model()->rowCount() >= 4);
        QCoreApplication::processEvents(); // its columns get their widths
        faults += looks::shoot(*dialog, u"service-editor-2-tables"_s);
        editor::page(*dialog, 3);
        faults += looks::shoot(*dialog, u"service-editor-3-rules"_s);
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_MAIN(TestEditorServices)
#include "tst_editorservices.moc"
