// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/wording/wording.h"
#include "tests/ui/support/fakekeychain.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The list of connections by key and mouse alone.
class TestConnectionList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void emptyPlaceMakesTheFirst();
    void editRenamesAndKeepsTheSelection();
    void duplicateTakesThePasswordAlong();
    void removeAsksAndForgetsThePassword();
    void whatJobsUseStays();
    void searchFilters();
    void testIsRemembered();
    void othersChangesArrive();
    void aJobThatCameMeanwhileKeepsIt();
    void aRenamedConnectionKeepsItsTest();
    void anUnknownConnectionIsFoundAgain();
    void damagedWorkspaceIsSaid();
    void modelKeepsItsWord();

private:
    std::unique_ptr<ConnectionListDialog> open(int rows);
    static QListView *view(const QWidget &list) { return list.findChild<QListView *>(); }
    static bool select(const QWidget &list, const QString &name);
    static QString current(const QWidget &list) { return view(list)->currentIndex().data().toString(); }
    void add(const ConnectionSettings &settings) { QVERIFY(m_desk->workspace().saveConnection(settings)); }
    ConnectionSettings file(const QString &name) const;
    ConnectionSettings server(const QString &name) const;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Desk> m_desk;
    std::shared_ptr<FakeKeychain> m_keychain;
};

void TestConnectionList::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
}

void TestConnectionList::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto desk = Desk::open(m_folder->filePath(u"workspace"_s), {});
    QVERIFY(desk);
    m_desk = *desk;
    m_keychain = std::make_shared<FakeKeychain>();
}

ConnectionSettings TestConnectionList::file(const QString &name) const
{
    ConnectionSettings settings;
    settings.name = name;
    settings.database = m_folder->filePath(u"data.db"_s);
    return settings;
}

ConnectionSettings TestConnectionList::server(const QString &name) const
{
    ConnectionSettings settings;
    settings.name = name;
    settings.driver = Driver::Postgres;
    settings.host = u"db.example"_s;
    settings.database = u"shop"_s;
    settings.password = {PasswordSource::Kind::Keychain, name};
    return settings;
}

std::unique_ptr<ConnectionListDialog> TestConnectionList::open(int rows)
{
    auto list = std::make_unique<ConnectionListDialog>(m_desk, nullptr, m_keychain);
    list->show();
    if (!QTest::qWaitFor([&] { return view(*list)->model()->rowCount() == rows; }, 30'000))
        qWarning("rows: %d", view(*list)->model()->rowCount());
    return list;
}

bool TestConnectionList::select(const QWidget &list, const QString &name)
{
    QListView *rows = view(list);
    for (int row = 0; row < rows->model()->rowCount(); ++row) {
        const QModelIndex index = rows->model()->index(row, 0);
        if (index.data().toString() != name)
            continue;
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {}, rows->visualRect(index).center());
        return rows->currentIndex() == index;
    }
    return false;
}

void TestConnectionList::emptyPlaceMakesTheFirst()
{
    const auto list = open(0);
    QTRY_VERIFY(person::button(*list, u"New connection…"_s));
    QVERIFY(!list->findChild<QPushButton *>(u"edit"_s)->isEnabled());
    QSignalSpy changed(list.get(), &ConnectionListDialog::changed);
    QVERIFY(person::click(*list, u"New connection…"_s));
    WAIT_WINDOW(dialog, u"connectionDialog"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"Till"_s));
    QVERIFY(person::type(*dialog, u"file"_s, m_folder->filePath(u"till.db"_s)));
    QTest::keyClick(person::field(*dialog, u"file"_s), Qt::Key_Return);
    QVERIFY(changed.wait(30'000));
    QTRY_COMPARE(current(*list), u"Till"_s);
    QCOMPARE(m_desk->workspace().connections()->size(), qsizetype(1));
}

void TestConnectionList::editRenamesAndKeepsTheSelection()
{
    add(file(u"a"_s));
    add(file(u"b"_s));
    add(file(u"c"_s));
    const auto list = open(3);
    QVERIFY(select(*list, u"b"_s));
    QTest::keyClick(view(*list), Qt::Key_Return);
    WAIT_WINDOW(dialog, u"connectionDialog"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"c"_s));
    QVERIFY(person::shows(*dialog, u"of this name already"_s));
    QVERIFY(person::type(*dialog, u"name"_s, u"z"_s));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_COMPARE(current(*list), u"z"_s);
    QVERIFY(!m_desk->workspace().connection(u"b"_s));
}

void TestConnectionList::duplicateTakesThePasswordAlong()
{
    add(server(u"shop"_s));
    QVERIFY(m_keychain->write(u"shop"_s, Secret("s3cret"), nullptr));
    const auto list = open(1);
    QTest::keyClick(view(*list), Qt::Key_D, Qt::ControlModifier);
    WAIT_WINDOW(dialog, u"connectionDialog"_s);
    QCOMPARE(dialog->findChild<TextField *>(u"name"_s)->text(), u"shop 2"_s);
    QVERIFY(person::type(*dialog, u"database"_s, u"copy"_s));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_COMPARE(current(*list), u"shop 2"_s);
    const auto copy = m_desk->workspace().connection(u"shop 2"_s);
    QVERIFY(copy && copy->password.name != u"shop");
    QCOMPARE(m_keychain->entry(copy->password.name), QByteArray("s3cret"));
    QCOMPARE(m_desk->workspace().connection(u"shop"_s)->database, u"shop"_s);
}

void TestConnectionList::removeAsksAndForgetsThePassword()
{
    add(server(u"shop"_s));
    QVERIFY(m_keychain->write(u"shop"_s, Secret("s3cret"), nullptr));
    const auto list = open(1);
    QTest::keyClick(view(*list), Qt::Key_Delete);
    WAIT_WINDOW(box, u"removeBox"_s);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!person::window(u"removeBox"_s));
    QCOMPARE(m_desk->workspace().connections()->size(), qsizetype(1));
    QPushButton *remove = list->findChild<QPushButton *>(u"remove"_s);
    remove->setFocus(Qt::TabFocusReason);
    QTest::keyClick(remove, Qt::Key_Return);
    WAIT_WINDOW(again, u"removeBox"_s);
    QVERIFY(person::click(*again, u"removeYes"_s));
    QTRY_COMPARE(view(*list)->model()->rowCount(), 0);
    QCOMPARE(m_desk->workspace().connections()->size(), qsizetype(0));
    QCOMPARE(m_keychain->entry(u"shop"_s), QByteArray());
    QTRY_VERIFY(person::button(*list, u"New connection…"_s));
}

void TestConnectionList::whatJobsUseStays()
{
    add(file(u"from"_s));
    add(file(u"to"_s));
    const QJsonObject job{{u"tidemark"_s, 1},     {u"name"_s, u"my job"_s}, {u"source"_s, u"from"_s},
                          {u"target"_s, u"to"_s}, {u"mode"_s, u"update"_s}, {u"tables"_s, u"*"_s}};
    QVERIFY(m_desk->workspace().saveJob(job));
    const auto list = open(2);
    QVERIFY(select(*list, u"to"_s));
    QTRY_VERIFY(view(*list)->currentIndex().data(ConnectionListModel::PlaceRole).toString().contains(u"1 job"_s));
    QVERIFY(person::click(*list, u"remove"_s));
    WAIT_WINDOW(box, u"removeBox"_s);
    QVERIFY(person::shows(*box, u"my job"_s));
    QVERIFY(!person::button(*box, u"Remove"_s));
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!person::window(u"removeBox"_s));
    QVERIFY(person::click(*list, u"edit"_s));
    WAIT_WINDOW(dialog, u"connectionDialog"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"other"_s));
    QVERIFY(person::shows(*dialog, u"while jobs use it: my job"_s));
    QVERIFY(!dialog->findChild<AccentButton *>()->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Escape);
    WAIT_WINDOW(unsaved, u"unsavedBox"_s);
    QVERIFY(person::click(*unsaved, u"Discard"_s));
    QTRY_VERIFY(!person::window(u"connectionDialog"_s));
}

void TestConnectionList::searchFilters()
{
    for (int i = 0; i < 9; ++i)
        add(file(u"file %1"_s.arg(i)));
    add(server(u"server"_s));
    const auto list = open(10);
    auto *search = list->findChild<QLineEdit *>(u"search"_s);
    QTRY_VERIFY(search->isVisible());
    QTest::keyClick(list.get(), Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(search, u"DB.EXAMPLE"_s);
    QCOMPARE(view(*list)->model()->rowCount(), 1);
    QCOMPARE(current(*list), u"server"_s);
    QTest::keyClicks(search, u"x"_s);
    QVERIFY(person::shows(*list, u"No connection matches"_s));
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(view(*list)->model()->rowCount(), 10);
    QVERIFY(list->isVisible());
}

void TestConnectionList::testIsRemembered()
{
    ConnectionSettings till = file(u"Till"_s);
    QFile made(till.database);
    QVERIFY(made.open(QIODevice::WriteOnly));
    made.close();
    add(till);
    {
        const auto list = open(1);
        QVERIFY(person::click(*list, u"testSelected"_s));
        QTRY_VERIFY(view(*list)->currentIndex().data(ConnectionListModel::StateRole).toString().contains(u"SQLite"_s));
    }
    const auto list = open(1); // also the next time
    const auto state = [&] { return view(*list)->currentIndex().data(ConnectionListModel::StateRole).toString(); };
    QTRY_VERIFY(state().contains(u"SQLite"_s));
    QVERIFY(QFile::remove(till.database));
    QVERIFY(made.open(QIODevice::WriteOnly));
    made.write("no database at all, whatever it is called\n");
    made.close();
    QTest::keyClick(view(*list), Qt::Key_T, Qt::ControlModifier);
    QTRY_VERIFY2(state().contains(u"is not an SQLite database"_s), qPrintable(state()));
    // Of other settings it says nothing.
    till.database += u".other"_s;
    QVERIFY(m_desk->workspace().saveConnection(till, till.name));
    QTRY_COMPARE(state(), u"Not tested yet"_s);
}

void TestConnectionList::othersChangesArrive()
{
    add(file(u"a"_s));
    const auto list = open(1);
    QTest::keyClick(view(*list), Qt::Key_F2);
    WAIT_WINDOW(dialog, u"connectionDialog"_s);
    QVERIFY(person::type(*dialog, u"timeout"_s, u"33s"_s));
    ConnectionSettings theirs = file(u"a"_s);
    theirs.production = true;
    QVERIFY(m_desk->workspace().saveConnection(theirs, theirs.name));
    add(file(u"b"_s));
    QTRY_COMPARE(view(*list)->model()->rowCount(), 2);
    QTRY_VERIFY(person::shows(*dialog, u"Another program has changed"_s));
    QCOMPARE(dialog->findChild<TextField *>(u"timeout"_s)->text(), u"33s"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"b"_s));
    QVERIFY(person::shows(*dialog, u"of this name already"_s));
    QTest::keyClick(dialog, Qt::Key_Escape);
    WAIT_WINDOW(unsaved, u"unsavedBox"_s);
    QVERIFY(person::click(*unsaved, u"Discard"_s));
    QTRY_VERIFY(!person::window(u"connectionDialog"_s));
}

// Between the question and the answer another program makes a job of it.
void TestConnectionList::aJobThatCameMeanwhileKeepsIt()
{
    add(file(u"a"_s));
    add(file(u"b"_s));
    const auto list = open(2);
    QVERIFY(select(*list, u"a"_s));
    QTest::keyClick(view(*list), Qt::Key_Delete);
    WAIT_WINDOW(box, u"removeBox"_s);
    const QJsonObject job{{u"tidemark"_s, 1},    {u"name"_s, u"my job"_s}, {u"source"_s, u"a"_s},
                          {u"target"_s, u"b"_s}, {u"mode"_s, u"update"_s}, {u"tables"_s, u"*"_s}};
    QVERIFY(m_desk->workspace().saveJob(job));
    QVERIFY(person::click(*box, u"removeYes"_s));
    QTRY_VERIFY(person::shows(*list, u"my job"_s));
    QCOMPARE(m_desk->workspace().connections()->size(), qsizetype(2));
}

void TestConnectionList::aRenamedConnectionKeepsItsTest()
{
    ConnectionSettings till = file(u"Till"_s);
    QFile made(till.database);
    QVERIFY(made.open(QIODevice::WriteOnly));
    made.close();
    add(till);
    const auto list = open(1);
    const auto state = [&] { return view(*list)->currentIndex().data(ConnectionListModel::StateRole).toString(); };
    QTest::keyClick(view(*list), Qt::Key_T, Qt::ControlModifier);
    QTRY_VERIFY(state().contains(u"SQLite"_s));
    QVERIFY(view(*list)->currentIndex().data(Qt::ToolTipRole).toString().contains(u"SQLite 3"_s));
    QTest::keyClick(view(*list), Qt::Key_Return);
    WAIT_WINDOW(dialog, u"connectionDialog"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"Tablet"_s));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_COMPARE(current(*list), u"Tablet"_s);
    QVERIFY2(state().contains(u"SQLite"_s), qPrintable(state()));
}

// The selected one is removed by another program: the selection goes on, and nothing is done to a wrong one.
void TestConnectionList::anUnknownConnectionIsFoundAgain()
{
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        add(file(name));
    const auto list = open(3);
    QVERIFY(select(*list, u"b"_s));
    QVERIFY(person::click(*list, u"remove"_s));
    WAIT_WINDOW(box, u"removeBox"_s);
    QVERIFY(m_desk->workspace().removeConnection(u"b"_s));
    QTRY_COMPARE(view(*list)->model()->rowCount(), 2);
    QVERIFY(person::click(*box, u"removeYes"_s));
    QTRY_VERIFY(!person::window(u"removeBox"_s));
    QVERIFY(person::click(*list, u"testSelected"_s)); // what was asked before it is done
    QTRY_VERIFY(view(*list)->currentIndex().data(ConnectionListModel::StateRole).toString().contains(u"just now"_s));
    QCOMPARE(m_desk->workspace().connections()->size(), qsizetype(2));
    QVERIFY(QStringList({u"a"_s, u"c"_s}).contains(current(*list)));
}

void TestConnectionList::damagedWorkspaceIsSaid()
{
    add(file(u"a"_s));
    const auto list = open(1);
    QFile damaged(m_desk->workspace().folder() + u"/connections.json"_s);
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    const QByteArray before = damaged.readAll();
    damaged.resize(5);
    damaged.close();
    QTRY_VERIFY(person::shows(*list, u"connections.json"_s));
    QCOMPARE(view(*list)->model()->rowCount(), 1); // what was known stays to be seen
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(before);
    damaged.close();
    QTRY_VERIFY(!person::shows(*list, u"connections.json"_s));
}

void TestConnectionList::modelKeepsItsWord()
{
    ConnectionListModel model(nullptr);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto set = [&](const QStringList &names) {
        QList<ConnectionListModel::Entry> entries;
        for (const QString &name : names)
            entries.append({file(name), {}, {}});
        model.setEntries(entries);
        QStringList shown;
        for (int row = 0; row < model.rowCount(); ++row)
            shown << model.index(row).data().toString();
        QCOMPARE(shown.size(), names.size());
        for (const QString &name : names)
            QVERIFY(shown.contains(name));
    };
    for (const QStringList &names : {QStringList{u"b"_s, u"a"_s},
                                     {u"c"_s},
                                     {},
                                     {u"a"_s, u"c"_s, u"e"_s},
                                     {u"b"_s, u"c"_s, u"d"_s},
                                     {u"d"_s, u"a"_s}})
        set(names);
    ConnectionSettings odd = file(u"a\n<b>\u202ex"_s);
    model.setEntries({{odd, {u"<i>job</i>"_s}, {}}});
    QCOMPARE(model.index(0).data().toString(), u"a⏎<b>‹U+202E›x"_s);
    QVERIFY(!model.index(0).data(Qt::ToolTipRole).toString().contains(u"<i>"_s));
}

QTEST_MAIN(TestConnectionList)
#include "tst_connectionlist.moc"
