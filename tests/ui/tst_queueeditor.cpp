// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "app/wording/wording.h"
#include "core/config/workspace.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/ui/support/jobstage.h"
#include "tests/ui/support/ownqueue.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Jobs over a message queue in the job editor, at real brokers: their tables and columns, and that they are checked.
class TestQueueEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void aSource_data() { brokers(); }
    void aSource();
    void aTarget_data() { brokers(); }
    void aTarget();

private:
    static void brokers();
    void write(const JobStage &stage, const QString &source, const QString &target);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Side> m_side;
    std::unique_ptr<OwnQueue> m_queue;
};

void TestQueueEditor::initTestCase()
{
    if (!OwnQueue::isThere())
        QSKIP("TIDEMARK_TEST_REDIS and TIDEMARK_TEST_AMQP are not set");
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
}

void TestQueueEditor::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_side = std::make_unique<Side>(Driver::Sqlite, m_folder->path(), u"copy"_s);
    m_side->exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, price DECIMAL(8,2), n INTEGER)"_s);
    m_side->exec(u"CREATE TABLE others (id INTEGER PRIMARY KEY, name TEXT)"_s);
}

void TestQueueEditor::brokers()
{
    QTest::addColumn<int>("driver");
    QTest::newRow("Redis") << static_cast<int>(Driver::Redis);
    QTest::newRow("RabbitMQ") << static_cast<int>(Driver::Amqp);
}

// One message waits.
void TestQueueEditor::write(const JobStage &stage, const QString &source, const QString &target)
{
    ConnectionSettings copy = m_side->settings;
    copy.name = u"Copy"_s;
    person::elsewhere([&] {
        (void)m_queue->open();
        m_queue->publish(R"({"id":1})", OwnQueue::event("c", R"({"id":1,"price":"1.50"})"));
        if (!stage.desk()->workspace().saveConnection(m_queue->settings)
            || !stage.desk()->workspace().saveConnection(copy))
            qFatal("not saved");
    });
    QJsonObject job{{u"tidemark"_s, 1},    {u"name"_s, u"feed job"_s}, {u"source"_s, source},
                    {u"target"_s, target}, {u"mode"_s, u"update"_s},   {u"tables"_s, QJsonArray{u"items"_s}}};
    if (target == m_queue->settings.name)
        job[u"detect"_s] = QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, u"n"_s}};
    stage.write(u"feed job"_s, job);
}

static QString why(const JobDialog &dialog)
{
    const auto &error = dialog.checks().sideError();
    return error ? QString(codeName(error->code) + u' ' + wording::oneLine(*error)) : u"nothing"_s;
}

static QStringList names(const JobDialog &dialog)
{
    QStringList found;
    const QAbstractItemModel *model = editor::tables(dialog)->model();
    for (int row = 0; row < model->rowCount(); ++row)
        found << model->index(row, 0).data().toString();
    return found;
}

void TestQueueEditor::aSource()
{
    QFETCH(int, driver);
    m_queue = std::make_unique<OwnQueue>(static_cast<Driver>(driver));
    const JobStage stage;
    write(stage, u"feed"_s, u"Copy"_s);
    const auto dialog = stage.open(u"feed job"_s);
    QTRY_VERIFY2(dialog->checks().state() == EditorChecks::State::Checked, qPrintable(why(*dialog)));
    QVERIFY(dialog->checks().problems().isEmpty());
    editor::page(*dialog, 2);
    // What the target has beside it may be published one day.
    QTRY_VERIFY2(names(*dialog).contains(u"others"_s), qPrintable(names(*dialog).join(u'|')));
    QVERIFY(editor::pickTable(*dialog, u"items"_s));
    const auto *columns = dialog->findChild<QTableView *>(u"columns"_s);
    QTRY_COMPARE(columns->model()->rowCount(), 3);
    editor::page(*dialog, 3);
    QVERIFY(person::shows(*dialog, u"The messages are the changes: nothing has to be found."_s));
    OwnQueue::Held held;
    person::elsewhere([&] { held = m_queue->held(); });
    QVERIFY(held == OwnQueue::Held({1, 0})); // nothing is taken
}

void TestQueueEditor::aTarget()
{
    QFETCH(int, driver);
    m_queue = std::make_unique<OwnQueue>(static_cast<Driver>(driver));
    const JobStage stage;
    write(stage, u"Copy"_s, u"feed"_s);
    const auto dialog = stage.open(u"feed job"_s);
    QTRY_VERIFY2(dialog->checks().state() == EditorChecks::State::Checked, qPrintable(why(*dialog)));
    QVERIFY2(dialog->checks().problems().isEmpty(), qPrintable(person::texts(*dialog).join(u'\n')));
    editor::page(*dialog, 2);
    QTRY_VERIFY2(names(*dialog).contains(u"others"_s), qPrintable(names(*dialog).join(u'|')));
    QVERIFY(editor::pickTable(*dialog, u"items"_s));
    const auto *columns = dialog->findChild<QTableView *>(u"columns"_s);
    QTRY_COMPARE(columns->model()->rowCount(), 3);
}

QTEST_MAIN(TestQueueEditor)
#include "tst_queueeditor.moc"
