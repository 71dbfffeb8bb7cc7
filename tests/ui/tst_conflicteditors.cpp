// SPDX-License-Identifier: GPL-3.0-or-later
// How a value is given to a cell in conflict: by editors that know the column's type, from a file, from the menu; and
// what is refused before a database refuses it.
#include <QTest>

#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTimer>

#include "app/wording/wording.h"
#include "tests/ui/support/conflictscene.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using Cells = ConflictCellModel;

namespace {

// The editor of the one cell.
template <typename Editor> Editor *opened(ConflictScene &scene)
{
    scene.press(Qt::Key_F2);
    QWidget *focus = QApplication::focusWidget();
    auto *editor = qobject_cast<Editor *>(focus);
    return editor != nullptr && scene.cells->isAncestorOf(editor) ? editor : nullptr;
}

// The menu of the cell under the pointer, or of the current one; what it offers, and one of it chosen by key.
QStringList menuOf(ConflictScene &scene, QContextMenuEvent::Reason reason, const QString &chosen = {})
{
    QStringList offered;
    QTimer::singleShot(0, &scene.window, [&] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        if (menu == nullptr)
            return;
        int steps = 0;
        bool found = false;
        const QList<QAction *> actions = menu->actions();
        for (const QAction *action : actions) {
            if (action->isSeparator())
                continue;
            offered << action->text();
            found = found || action->text() == chosen;
            steps += found ? 0 : 1;
        }
        for (int step = 0; found && step <= steps; ++step)
            QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, found ? Qt::Key_Return : Qt::Key_Escape);
    });
    const QPoint at = scene.cells->visualRect(scene.cells->model()->index(0, Cells::Source)).center();
    QContextMenuEvent event(reason, reason == QContextMenuEvent::Mouse ? at : QPoint(),
                            scene.cells->viewport()->mapToGlobal(at));
    QApplication::sendEvent(scene.cells->viewport(), &event);
    return offered;
}

bool chooseFile(ConflictScene &scene, const QString &path)
{
    auto *dialog = scene.window.findChild<QFileDialog *>();
    auto *name = dialog == nullptr ? nullptr : dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
    if (name == nullptr)
        return false;
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    return true;
}

} // namespace

class TestConflictEditors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new TidemarkStyle);
        wording::useLanguage(u"en"_s);
    }
    void oneOfAList_data();
    void oneOfAList();
    void nothingChosenIsNothingSaid();
    void severalLines();
    void anEditedCellLeadsToTheNext();
    void menus_data();
    void menus();
    void menuOfARowThatMayGo();
    void fromAFile_data();
    void fromAFile();
    void asTheTargetWould_data();
    void asTheTargetWould();
    void nullIsNoValue();
    void takenFromTheOtherSide();
    void oneWayJobs();

private:
    static QString answered(ConflictStage &stage)
    {
        const Conflict conflict = stage.conflicts().first();
        return conflict.answer == ConflictAnswer::Row ? stage.row(conflict, true) : QString();
    }
};

void TestConflictEditors::nothingChosenIsNothingSaid()
{
    ConflictStage stage;
    stage.meetOne(u"active boolean"_s, {}, u"1|NULL"_s, u"1|true"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    auto *box = opened<QComboBox>(scene);
    QVERIFY(box);
    QCOMPARE(box->currentIndex(), -1);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(!scene.cells->isEditing());
    QCOMPARE(scene.outcome(0), u"unanswered"_s);
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
}

void TestConflictEditors::severalLines()
{
    ConflictStage stage;
    stage.meetOne(u"note"_s, {}, u"1|first\nsecond"_s, u"1|other"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    auto *edit = opened<QPlainTextEdit>(scene);
    QVERIFY(edit);
    QTest::keyClick(edit, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Return); // a line, not the end
    QVERIFY(scene.cells->isEditing());
    QTest::keyClicks(edit, u"third"_s);
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!scene.cells->isEditing());
    QCOMPARE(stage.conflicts().first().state, ConflictState::Open); // the cell's end is not the row's
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(answered(stage), u"1|first\nsecond\nthird"_s);
}

void TestConflictEditors::oneOfAList_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("outcome");
    QTest::newRow("true or false") << u"active boolean"_s << u"true"_s << QStringList{u"true"_s, u"false"_s}
                                   << u"false"_s;
    QTest::newRow("words of an enum") << u"state text words=new/sent/done"_s << u"new"_s
                                      << QStringList{u"new"_s, u"sent"_s, u"done"_s} << u"done"_s;
}

void TestConflictEditors::oneOfAList()
{
    QFETCH(QString, column);
    QFETCH(QString, source);
    QFETCH(QStringList, words);
    QFETCH(QString, outcome);
    ConflictStage stage;
    stage.meetOne(column, {}, u"1|"_s + source, u"1|NULL"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    auto *box = opened<QComboBox>(scene);
    QVERIFY(box);
    QStringList offered;
    for (int word = 0; word < box->count(); ++word)
        offered << box->itemText(word);
    QCOMPARE(offered, words);
    QCOMPARE(box->currentText(), source); // to begin with
    QCOMPARE(box->accessibleName(), column.section(u' ', 0, 0));
    QTest::keyClick(box, Qt::Key_End);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(scene.outcome(0), outcome);
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(answered(stage), u"1|"_s + outcome);
}

// Like an answer by key; a value that is not taken stays under the hand.
void TestConflictEditors::anEditedCellLeadsToTheNext()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"qty integer"_s, u"note"_s, u"name"_s});
    stage.meet(u"t"_s, {}, u"1|1|a\nb|x"_s, u"1|2|b|y"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 3);
    auto *number = opened<QLineEdit>(scene);
    QVERIFY(number);
    number->setText(u"x"_s);
    QTest::keyClick(number, Qt::Key_Return);
    QTRY_VERIFY(!scene.cells->isEditing());
    QCOMPARE(scene.cells->currentIndex().row(), 0);
    number = opened<QLineEdit>(scene);
    QVERIFY(number);
    number->setText(u"3"_s);
    QTest::keyClick(number, Qt::Key_Return);
    QTRY_COMPARE(scene.cells->currentIndex().row(), 1);
    auto *lines = opened<QPlainTextEdit>(scene);
    QVERIFY(lines);
    QTest::keyClick(lines, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(scene.cells->currentIndex().row(), 2);
    auto *name = opened<QLineEdit>(scene);
    QVERIFY(name);
    QTest::keyClick(name, Qt::Key_Escape);
    QTRY_VERIFY(!scene.cells->isEditing());
    QCOMPARE(scene.cells->currentIndex().row(), 2);
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
}

void TestConflictEditors::menus_data()
{
    QTest::addColumn<bool>("byMouse");
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QString>("outcome");
    for (const bool byMouse : {false, true}) {
        const QByteArray with = byMouse ? ", mouse" : ", key";
        QTest::newRow(QByteArray("source" + with).constData()) << byMouse << u"Take Till"_s << u"a"_s;
        QTest::newRow(QByteArray("target" + with).constData()) << byMouse << u"Take Tablet"_s << u"b"_s;
        QTest::newRow(QByteArray("base" + with).constData()) << byMouse << u"Take the last synced value"_s << u"o"_s;
        QTest::newRow(QByteArray("null" + with).constData()) << byMouse << u"Set NULL"_s << u"NULL"_s;
        QTest::newRow(QByteArray("back" + with).constData()) << byMouse << u"Take the answer back"_s << u"unanswered"_s;
    }
}

void TestConflictEditors::menus()
{
    QFETCH(bool, byMouse);
    QFETCH(QString, chosen);
    QFETCH(QString, outcome);
    ConflictStage stage;
    stage.meetOne(u"note"_s, u"1|o"_s, u"1|a"_s, u"1|b"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    if (outcome == "unanswered"_L1)
        scene.press(Qt::Key_Less);
    const auto reason = byMouse ? QContextMenuEvent::Mouse : QContextMenuEvent::Keyboard;
    const QStringList all{u"Take Till"_s, u"Take Tablet"_s,        u"Take the last synced value"_s, u"Edit…"_s,
                          u"Set NULL"_s,  u"Value from a file…"_s, u"Take the answer back"_s};
    QCOMPARE(menuOf(scene, reason, chosen), all);
    QTRY_COMPARE(scene.outcome(0), outcome);
}

void TestConflictEditors::menuOfARowThatMayGo()
{
    ConflictStage stage;
    stage.meetOne(u"note"_s, u"1|o"_s, u"1|a"_s, {});
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    QCOMPARE(menuOf(scene, QContextMenuEvent::Keyboard, u"Take Tablet"_s),
             (QStringList{u"Take Till"_s, u"Take Tablet"_s}));
    QTRY_COMPARE(scene.outcome(0), u"to be deleted"_s);
}

void TestConflictEditors::fromAFile_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("note"); // empty: it is taken
    QTest::addColumn<QString>("hex"); // of the value that is saved
    const QByteArray tea = "乌龙茶";
    QTest::newRow("bytes") << u"photo blob"_s << QByteArray("\0\xff\x01", 3) << QString() << u"00ff01"_s;
    QTest::newRow("no bytes") << u"photo blob"_s << QByteArray() << QString() << u""_s;
    QTest::newRow("too many bytes") << u"photo blob max=2"_s << QByteArray("abc") << u"Tablet takes at most 2 bytes."_s
                                    << QString();
    QTest::newRow("text") << u"note"_s << tea << QString() << QString::fromLatin1(tea.toHex());
    QTest::newRow("no text") << u"note"_s << QByteArray("\xff\xfe") << u"The file is no UTF-8 text."_s << QString();
    QTest::newRow("too long a text") << u"note text max=2"_s << tea << u"note: Tablet takes at most 2 characters."_s
                                     << QString();
}

void TestConflictEditors::fromAFile()
{
    QFETCH(QString, column);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, note);
    QFETCH(QString, hex);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"value.bin"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    ConflictStage stage;
    stage.meetOne(column, {}, u"1|NULL"_s, column.contains("blob"_L1) ? u"1|0x01"_s : u"1|x"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    menuOf(scene, QContextMenuEvent::Keyboard, u"Value from a file…"_s);
    QTRY_VERIFY(chooseFile(scene, path));
    if (!note.isEmpty()) {
        QTRY_COMPARE(scene.note(), note);
        QVERIFY(!scene.button("saveAndNext")->isEnabled());
        return;
    }
    QTRY_VERIFY(scene.button("saveAndNext")->isEnabled());
    scene.cells->setFocus();
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Row);
    const QByteArray chain = stage.conflicts().first().rowForTarget;
    QVERIFY2(chain.endsWith(QByteArray::fromHex(hex.toLatin1())), chain.toHex().constData());
    const auto length = static_cast<quint32>(hex.size() / 2); // before the last cell stands its length
    QCOMPARE(chain.mid(chain.size() - length - 4, 4), QByteArray(reinterpret_cast<const char *>(&length), 4));
}

void TestConflictEditors::asTheTargetWould_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("note"); // empty: taken
    QTest::newRow("fits") << u"name text max=5"_s << u"乌龙茶叶好"_s << QString();
    QTest::newRow("too long") << u"name text max=5"_s << u"oolong"_s << u"name: Tablet takes at most 5 characters."_s;
    QTest::newRow("in range") << u"qty integer bytes=1"_s << u"-128"_s << QString();
    QTest::newRow("out of range") << u"qty integer bytes=1"_s << u"128"_s
                                  << u"qty: Tablet takes whole numbers from -128 to 127."_s;
    QTest::newRow("digits") << u"price decimal 2 digits=3"_s << u"999.99"_s << QString();
    QTest::newRow("too many digits") << u"price decimal 2 digits=3"_s << u"1000"_s
                                     << u"price: Tablet takes at most 3 digits before the point."_s;
    QTest::newRow("no number at all") << u"price decimal 2 digits=3"_s << u"much"_s
                                      << u"price: A number with at most 2 digits after the point is expected."_s;
}

void TestConflictEditors::asTheTargetWould()
{
    QFETCH(QString, column);
    QFETCH(QString, typed);
    QFETCH(QString, note);
    ConflictStage stage;
    stage.meetOne(column, {}, u"1|NULL"_s, u"1|1"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    auto *editor = opened<QLineEdit>(scene);
    QVERIFY(editor);
    editor->setText(typed);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(scene.outcome(0), typed); // as it stands, to be mended
    QCOMPARE(scene.note(), note);
    QCOMPARE(scene.button("saveAndNext")->isEnabled(), note.isEmpty());
    scene.press(Qt::Key_Return, Qt::ControlModifier);
    if (!note.isEmpty()) {
        QCOMPARE(stage.conflicts().first().state, ConflictState::Open);
        scene.press(Qt::Key_Delete);
        QCOMPARE(scene.outcome(0), u"unanswered"_s);
        QVERIFY(!scene.note().contains(note));
    } else {
        QTRY_COMPARE(stage.conflicts().first().state, ConflictState::Answered);
    }
}

void TestConflictEditors::nullIsNoValue()
{
    ConflictStage stage;
    stage.meetOne(u"name text notnull"_s, {}, u"1|a"_s, u"1|b"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    scene.press(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(scene.outcome(0), u"NULL"_s);
    QCOMPARE(scene.note(), u"name: Tablet takes no NULL here."_s);
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    auto *editor = opened<QLineEdit>(scene);
    QVERIFY(editor);
    QCOMPARE(editor->text(), QString());
    QTest::keyClicks(editor, u"c"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(scene.note(), QString());
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(answered(stage), u"1|c"_s);
}

// What one side has and the other refuses is told, and may be said all the same: the column may be wider by now.
void TestConflictEditors::takenFromTheOtherSide()
{
    ConflictStage stage;
    stage.meetOne(u"name text max=5 notnull"_s, {}, u"1|oolong tea"_s, u"1|tea"_s);
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    scene.press(Qt::Key_Less);
    QCOMPARE(scene.note(), u"name: Tablet takes at most 5 characters. Written like this, the row will be refused."_s);
    QVERIFY(scene.button("saveAndNext")->isEnabled());
    scene.press(Qt::Key_Greater); // its own
    QCOMPARE(scene.note(), QString());
    scene.press(Qt::Key_Less, Qt::ControlModifier); // the whole row
    QVERIFY(scene.note().contains("refused"_L1));
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Source);
}

void TestConflictEditors::oneWayJobs()
{
    ConflictStage stage;
    stage.job().mode = Mode::Mirror;
    stage.addTable(u"t"_s, {u"id integer"_s, u"name text max=5"_s, u"qty integer"_s});
    stage.meet(u"t"_s, {}, u"1|oolong tea|1"_s, u"1|tea|1"_s);
    stage.meet(u"t"_s, {}, u"2|a|1"_s, u"2|b|2"_s);
    stage.flush();
    ConflictScene scene(stage);
    SHOWN(scene, u"the sides differ in name"_s);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    QVERIFY(scene.cells->isColumnHidden(Cells::Base));
    QVERIFY(!person::shows(scene.window, u"Last synced"_s));
    QVERIFY(!scene.window.findChild<QComboBox *>(u"conflictKinds"_s)->isVisible());
    QCOMPARE(menuOf(scene, QContextMenuEvent::Keyboard).value(2), u"Edit…"_s); // no last synced value
    // The source is not written: what it could not hold is no matter.
    scene.press(Qt::Key_Greater);
    QCOMPARE(scene.note(), QString());
    QVERIFY(person::click(scene.button("policies")));
    auto *dialog = scene.dialog();
    QVERIFY(dialog);
    const auto *policies = dialog->findChild<QComboBox *>(u"policy"_s);
    QCOMPARE(policies->findText(u"Merge"_s, Qt::MatchStartsWith), -1);
    QCOMPARE(policies->itemText(0), u"Till wins"_s);
    QTRY_VERIFY(dialog->findChild<QPushButton *>(u"answerThese"_s)->isEnabled());
    QVERIFY(person::click(dialog->findChild<QPushButton *>(u"answerThese"_s)));
    QTRY_COMPARE(stage.conflicts().last().answer, ConflictAnswer::Source);
    QCOMPARE(stage.conflicts().first().answer, ConflictAnswer::Source);
}

QTEST_MAIN(TestConflictEditors)
#include "tst_conflicteditors.moc"
