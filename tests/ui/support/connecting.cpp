// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/connecting.h"

#include <QClipboard>
#include <QLabel>
#include <QTabBar>
#include <QTabWidget>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/problemlinks.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;

namespace tidemark::connecting {

Place::Place() : m_keychain(std::make_shared<FakeKeychain>())
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    person::elsewhere([this] { m_desk = Desk::open(m_folder.filePath(u"workspace"_s), {}).value_or(nullptr); });
}

std::unique_ptr<ConnectionDialog> Place::open(const ConnectionSettings &settings, const QStringList &taken) const
{
    auto dialog = std::make_unique<ConnectionDialog>(m_desk, settings, taken, nullptr, m_keychain);
    dialog->show();
    return dialog;
}

ConnectionSettings full()
{
    ConnectionSettings settings;
    settings.name = u"shop"_s;
    settings.driver = Driver::Postgres;
    settings.host = u"db.example"_s;
    settings.port = 5433;
    settings.database = u"shop"_s;
    settings.schema = u"sales"_s;
    settings.user = u"app"_s;
    settings.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    settings.tls = {TlsMode::VerifyCa, u"/etc/ca.pem"_s, u"/etc/me.pem"_s, u"/etc/me.key"_s, QString(64, u'a')};
    settings.ssh = SshSettings{u"bastion"_s, 2222, u"me"_s, u"/home/me/.ssh/id"_s};
    settings.timeoutMs = 30'000;
    settings.readOnly = true;
    settings.production = true;
    return settings;
}

TextField *edit(const QWidget &dialog, const QString &name) { return dialog.findChild<TextField *>(name); }

void paste(QWidget *into, const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    QTest::mouseClick(into, Qt::LeftButton);
    QTest::keySequence(into, QKeySequence::Paste);
    QCoreApplication::processEvents(); // it is spread after the field's own change
}

QString notice(const QWidget &dialog)
{
    const auto *text = dialog.findChild<QLabel *>(u"noticeText"_s);
    return text->isVisibleTo(&dialog) ? text->text() : QString();
}

QStringList problems(const QWidget &dialog)
{
    QStringList shown;
    for (const LinkButton *link : dialog.findChildren<LinkButton *>()) {
        if (link->isVisibleTo(&dialog))
            shown << link->text();
    }
    return shown;
}

bool openTab(const QWidget &dialog, int tab)
{
    auto *tabs = dialog.findChild<QTabWidget *>();
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(tab).center());
    return tabs->currentIndex() == tab;
}

QLabel *headline(const QWidget &dialog) { return dialog.findChild<QLabel *>(u"testHeadline"_s); }

QString test(const QWidget &dialog)
{
    if (!person::click(dialog, u"Test"_s))
        return u"the test cannot be started"_s;
    const bool ended = QTest::qWaitFor(
        [&] { return !headline(dialog)->text().isEmpty() && person::button(dialog, u"Test"_s); }, 30'000);
    return ended ? headline(dialog)->text() : u"the test does not end"_s;
}

} // namespace tidemark::connecting
