// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// The connection dialog while other programs change the workspace.
class TestConnectionOthers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void othersChangesAreNoticed();
    void aChangeThatIsTakenBackIsForgotten();
    void whatWasRemovedIsSavedAgain();
    void aUrlHidesNoChange();
    void aJobThatCameMeanwhileKeepsTheName();
    void aDamagedWorkspaceLosesNothing();

private:
    std::unique_ptr<Place> m_place;
};

void TestConnectionOthers::othersChangesAreNoticed()
{
    ConnectionSettings settings = full();
    settings.name = u"watched"_s;
    QVERIFY(m_place->desk()->workspace().saveConnection(settings));
    const auto dialog = m_place->open(settings);
    dialog->saveHere(false);
    QVERIFY(person::type(*dialog, u"user"_s, u"mine"_s));
    ConnectionSettings theirs = settings;
    theirs.host = u"elsewhere.example"_s;
    QVERIFY(m_place->desk()->workspace().saveConnection(theirs, theirs.name));
    QVERIFY(person::click(*dialog, u"Save"_s)); // before anybody has told the dialog
    QTRY_VERIFY(notice(*dialog).contains(u"Another program has changed"_s));
    QCOMPARE(m_place->desk()->workspace().connection(settings.name)->host, u"elsewhere.example"_s);
    QCOMPARE(dialog->settings().user, u"mine"_s); // nothing typed is lost
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s)); // seen, and replaced
    QVERIFY(accepted.wait(30'000));
    QCOMPARE(m_place->desk()->workspace().connection(settings.name)->user, u"mine"_s);

    const auto other = m_place->open(m_place->desk()->workspace().connection(settings.name).value());
    other->saveHere(false);
    QVERIFY(person::type(*other, u"user"_s, u"typed"_s));
    other->workspaceChanged({theirs});
    QVERIFY(notice(*other).contains(u"Another program has changed"_s));
    QVERIFY(person::click(*other, u"noticeAction"_s));
    QCOMPARE(other->settings(), theirs);
    other->workspaceChanged({});
    QVERIFY(notice(*other).contains(u"removed"_s));
}

void TestConnectionOthers::aChangeThatIsTakenBackIsForgotten()
{
    const ConnectionSettings settings = full();
    const auto dialog = m_place->open(settings);
    dialog->saveHere(false);
    ConnectionSettings theirs = settings;
    theirs.port = 1;
    dialog->workspaceChanged({theirs});
    QVERIFY(notice(*dialog).contains(u"Another program has changed"_s));
    dialog->workspaceChanged({settings});
    QCOMPARE(notice(*dialog), QString());
    dialog->workspaceChanged({theirs}); // and again
    QVERIFY(notice(*dialog).contains(u"Another program has changed"_s));
}

void TestConnectionOthers::whatWasRemovedIsSavedAgain()
{
    const ConnectionSettings settings = full();
    QVERIFY(m_place->desk()->workspace().saveConnection(settings));
    const auto dialog = m_place->open(settings);
    dialog->saveHere(false);
    QVERIFY(person::type(*dialog, u"user"_s, u"mine"_s));
    QVERIFY(m_place->desk()->workspace().removeConnection(settings.name));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(notice(*dialog).contains(u"removed this connection"_s));
    QCOMPARE(m_place->desk()->workspace().connections()->size(), qsizetype(0));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(accepted.wait(30'000));
    QCOMPARE(m_place->desk()->workspace().connection(settings.name)->user, u"mine"_s);
}

// What others did stays to be read when a URL is taken over.
void TestConnectionOthers::aUrlHidesNoChange()
{
    const auto dialog = m_place->open(full());
    dialog->saveHere(false);
    dialog->workspaceChanged({});
    const QString said = notice(*dialog);
    QVERIFY(said.contains(u"removed this connection"_s));
    paste(edit(*dialog, u"host"_s), u"postgres://app@db.example/books"_s);
    QCOMPARE(edit(*dialog, u"database"_s)->text(), u"books"_s);
    QCOMPARE(notice(*dialog), said);
}

void TestConnectionOthers::aJobThatCameMeanwhileKeepsTheName()
{
    const ConnectionSettings settings = full();
    QVERIFY(m_place->desk()->workspace().saveConnection(settings));
    const auto dialog = m_place->open(settings);
    dialog->saveHere(false);
    QVERIFY(person::type(*dialog, u"name"_s, u"renamed"_s));
    ConnectionSettings other;
    other.name = u"other"_s;
    other.database = m_place->file(u"other.db"_s);
    QVERIFY(m_place->desk()->workspace().saveConnection(other));
    const QJsonObject job{{u"tidemark"_s, 1},        {u"name"_s, u"my job"_s}, {u"source"_s, settings.name},
                          {u"target"_s, u"other"_s}, {u"mode"_s, u"update"_s}, {u"tables"_s, u"*"_s}};
    QVERIFY(m_place->desk()->workspace().saveJob(job));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(notice(*dialog).contains(u"my job"_s));
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"name"_s));
    QVERIFY(m_place->desk()->workspace().connection(settings.name).has_value());
    QVERIFY(!m_place->desk()->workspace().connection(u"renamed"_s));
}

void TestConnectionOthers::aDamagedWorkspaceLosesNothing()
{
    const ConnectionSettings settings = full();
    QVERIFY(m_place->desk()->workspace().saveConnection(settings));
    const auto dialog = m_place->open(settings);
    dialog->saveHere(false);
    QVERIFY(person::type(*dialog, u"user"_s, u"mine"_s));
    QFile damaged(m_place->desk()->workspace().folder() + u"/connections.json"_s);
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    const QByteArray before = damaged.readAll();
    damaged.resize(7);
    damaged.close();
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(notice(*dialog).contains(u"connections.json"_s));
    QVERIFY(damaged.open(QIODevice::ReadWrite));
    QCOMPARE(damaged.size(), 7); // nothing is written over what cannot be read
    damaged.write(before);
    damaged.close();
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(accepted.wait(30'000));
    QCOMPARE(m_place->desk()->workspace().connection(settings.name)->user, u"mine"_s);
}

QTEST_MAIN(TestConnectionOthers)
#include "tst_connectionothers.moc"
