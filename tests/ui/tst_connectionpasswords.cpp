// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <thread>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
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

// Where the connection dialog keeps passwords: the keychain, or nowhere.

namespace {

// Somebody has to unlock it, and does not.
class SlowKeychain final : public Keychain
{
public:
    bool isAvailable() override
    {
        while (m_hesitates)
            std::this_thread::yield();
        return true;
    }
    Result<Secret> read(const QString &, Cancellation *cancellation) override
    {
        while (cancellation && !cancellation->isCancelled())
            std::this_thread::yield();
        return fail(ErrorCode::Cancelled);
    }
    Result<void> write(const QString &, const Secret &, Cancellation *) override { return fail(ErrorCode::Internal); }
    Result<void> remove(const QString &, Cancellation *) override { return {}; }
    std::atomic<bool> m_hesitates = false;
};

} // namespace

class TestConnectionPasswords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void passwordGoesToTheKeychain();
    void lockedKeychainLosesNothing();
    void withoutAKeychainNoneIsOffered();
    void aKeychainThatIsGoneIsSaid();
    void savingIsStopped();
    void aSaveThatFailsLeavesNoEntry();
    void aUrlBeforeTheKeychainIsKnown();

private:
    std::unique_ptr<Place> m_place;
};

void TestConnectionPasswords::passwordGoesToTheKeychain()
{
    const auto dialog = m_place->open();
    dialog->saveHere(true);
    paste(edit(*dialog, u"url"_s), u"postgres://app@db.example/kept"_s);
    QTRY_COMPARE(dialog->findChild<QComboBox *>(u"passwordKind"_s)->currentText(), u"Stored in the keychain"_s);
    auto *save = dialog->findChild<AccentButton *>();
    QVERIFY(!save->isEnabled()); // no password yet
    QVERIFY(person::type(*dialog, u"secret"_s, u"s3cret"_s));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QTest::keyClick(edit(*dialog, u"secret"_s), Qt::Key_Return);
    QVERIFY(accepted.wait(30'000));
    QCOMPARE(m_place->keychain().entry(u"kept"_s), QByteArray("s3cret"));
    QFile file(m_place->desk()->workspace().folder() + u"/connections.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("s3cret"));
    QCOMPARE(dialog->settings().password, (PasswordSource{PasswordSource::Kind::Keychain, u"kept"_s}));
    // Another connection of that name, of another workspace, keeps its own entry.
    QVERIFY(m_place->desk()->workspace().removeConnection(u"kept"_s));
    const auto second = m_place->open();
    paste(edit(*second, u"url"_s), u"postgres://app:other@db.example/kept"_s);
    QSignalSpy again(second.get(), &QDialog::accepted);
    QTRY_VERIFY(second->findChild<AccentButton *>()->isEnabled());
    QTRY_COMPARE(second->findChild<QComboBox *>(u"passwordKind"_s)->count(), 5);
    QVERIFY(person::choose(*second, u"passwordKind"_s, u"Stored in the keychain"_s));
    QVERIFY(person::click(*second, u"Save"_s));
    QVERIFY(again.wait(30'000));
    QCOMPARE(m_place->keychain().entry(u"kept"_s), QByteArray("s3cret"));
    QCOMPARE(m_place->keychain().entry(second->settings().password.name), QByteArray("other"));
}

void TestConnectionPasswords::lockedKeychainLosesNothing()
{
    m_place->keychain().setLocked(true);
    const auto dialog = m_place->open();
    paste(edit(*dialog, u"url"_s), u"postgres://app@db.example/locked"_s);
    QTRY_COMPARE(dialog->findChild<QComboBox *>(u"passwordKind"_s)->currentText(), u"Stored in the keychain"_s);
    QVERIFY(person::type(*dialog, u"secret"_s, u"s3cret"_s));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(notice(*dialog).contains(u"Not saved"_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(edit(*dialog, u"secret"_s)->text(), u"s3cret"_s);
    m_place->keychain().setLocked(false);
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(accepted.wait(30'000));
}

void TestConnectionPasswords::withoutAKeychainNoneIsOffered()
{
    m_place->keychain().setAvailable(false);
    const auto dialog = m_place->open();
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    auto *kind = dialog->findChild<QComboBox *>(u"passwordKind"_s);
    QTRY_COMPARE(kind->findText(u"Stored in the keychain"_s), -1);
    QVERIFY(person::shows(*dialog, u"This desktop has no keychain"_s));
    paste(edit(*dialog, u"url"_s), u"postgres://app:s3cret@db.example/none"_s);
    QCOMPARE(kind->currentText(), u"Asked each time"_s);
    QVERIFY(notice(*dialog).contains(u"asked each time"_s));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QCOMPARE(accepted.count(), 1);
    QCOMPARE(dialog->settings().password, (PasswordSource{PasswordSource::Kind::Ask, {}}));
}

// The connection says "keychain", and this desktop has none.
void TestConnectionPasswords::aKeychainThatIsGoneIsSaid()
{
    m_place->keychain().setAvailable(false);
    ConnectionSettings settings = full();
    settings.password = {PasswordSource::Kind::Keychain, u"shop"_s};
    const auto dialog = m_place->open(settings);
    auto *kind = dialog->findChild<QComboBox *>(u"passwordKind"_s);
    QTRY_VERIFY(person::shows(*dialog, u"The password is asked each time instead."_s));
    QCOMPARE(kind->currentText(), u"Stored in the keychain"_s); // what the file says is not changed in silence
    QCOMPARE(dialog->settings(), settings);
    dialog->saveHere(true);
    QVERIFY(person::type(*dialog, u"secret"_s, u"s3cret"_s));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(notice(*dialog).contains(u"Not saved"_s));
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"secret"_s));
    QFile file(m_place->desk()->workspace().folder() + u"/connections.json"_s);
    QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("s3cret"));
}

void TestConnectionPasswords::savingIsStopped()
{
    person::Watch watch;
    ConnectionDialog dialog(m_place->desk(), {}, {}, nullptr, std::make_shared<SlowKeychain>());
    dialog.saveHere(true);
    dialog.show();
    paste(edit(dialog, u"url"_s), u"postgres://app:s3cret@db.example/slow"_s);
    QTRY_COMPARE(dialog.findChild<QComboBox *>(u"passwordKind"_s)->currentText(), u"Stored in the keychain"_s);
    QVERIFY(person::click(dialog, u"save"_s));
    QVERIFY(person::button(dialog, u"Saving…"_s));
    QVERIFY(!edit(dialog, u"host"_s)->isEnabled()); // nothing is typed that would be lost
    QVERIFY(person::click(dialog, u"Cancel"_s));
    QTRY_VERIFY2(notice(dialog).contains(u"Saving was stopped"_s), qPrintable(notice(dialog)));
    QVERIFY(dialog.isVisible() && edit(dialog, u"host"_s)->isEnabled());
    QCOMPARE(edit(dialog, u"secret"_s)->text(), u"s3cret"_s);
    person::elsewhere([&] { QCOMPARE(m_place->desk()->workspace().connections()->size(), qsizetype(0)); });
}

void TestConnectionPasswords::aSaveThatFailsLeavesNoEntry()
{
    const auto dialog = m_place->open();
    dialog->saveHere(true);
    paste(edit(*dialog, u"url"_s), u"postgres://app:s3cret@db.example/once"_s);
    QTRY_COMPARE(dialog->findChild<QComboBox *>(u"passwordKind"_s)->count(), 5);
    QVERIFY(person::choose(*dialog, u"passwordKind"_s, u"Stored in the keychain"_s));
    // Another program takes the name meanwhile.
    ConnectionSettings theirs = full();
    theirs.name = u"once"_s;
    QVERIFY(m_place->desk()->workspace().saveConnection(theirs));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(notice(*dialog).contains(u"Not saved"_s));
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"name"_s));
    QCOMPARE(m_place->keychain().entry(u"once"_s), QByteArray());
    QCOMPARE(m_place->desk()->workspace().connection(u"once"_s).value(), theirs);
    QVERIFY(person::type(*dialog, u"name"_s, u"twice"_s));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(accepted.wait(30'000));
    QCOMPARE(m_place->keychain().entry(u"twice"_s), QByteArray("s3cret"));
}

// A keychain may take seconds to say that it is there: until then nothing is said of it.
void TestConnectionPasswords::aUrlBeforeTheKeychainIsKnown()
{
    const auto keychain = std::make_shared<SlowKeychain>();
    keychain->m_hesitates = true;
    ConnectionDialog dialog(m_place->desk(), {}, {}, nullptr, keychain);
    dialog.show();
    paste(edit(dialog, u"url"_s), u"postgres://app:s3cret@db.example/slow"_s);
    QVERIFY(notice(dialog).contains(u"never goes into a file"_s));
    QVERIFY(!notice(dialog).contains(u"no keychain"_s));
    keychain->m_hesitates = false;
    QTRY_COMPARE(dialog.findChild<QComboBox *>(u"passwordKind"_s)->currentText(), u"Stored in the keychain"_s);
    QCOMPARE(edit(dialog, u"secret"_s)->text(), u"s3cret"_s);
}

QTEST_MAIN(TestConnectionPasswords)
#include "tst_connectionpasswords.moc"
