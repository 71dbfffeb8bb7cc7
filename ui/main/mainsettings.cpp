// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window remembers: settings, and the sizes of windows.
#include "ui/main/mainwindow.h"

#include <QEvent>

#include "app/wording/wording.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/settingsdialog.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;

namespace tidemark {

// One after the other: an older state must not come to lie over a newer one.
void MainWindow::savePreferences()
{
    const QString file = m_folder + u"/workspace.ini"_s;
    m_saving.start([now = m_preferences, file] { now.write(file); });
}

// As it was left the last time; and so the next time.
void MainWindow::remember(QWidget &window)
{
    windowstate::restore(window, m_preferences.windows.value(window.objectName()));
    window.installEventFilter(this);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    const auto *window = qobject_cast<QWidget *>(watched);
    if (window && event->type() == QEvent::Hide && !event->spontaneous()) {
        m_preferences.windows.insert(window->objectName(), windowstate::save(*window));
        savePreferences();
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::usePreferences(const Preferences &now)
{
    const Preferences before = std::exchange(m_preferences, now);
    savePreferences();
    if (before.language != now.language)
        wording::useLanguage(now.language); // a LanguageChange reaches every window
    if (before.theme != now.theme)
        theme::apply(now.theme, m_systemIsDark);
    theme::setCompact(now.compactRows);
    if (m_controller)
        m_controller->setLimit(now.jobsAtOnce);
}

void MainWindow::showSettings()
{
    auto *dialog = new SettingsDialog(m_preferences, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_desk)
        dialog->setDesk(m_desk);
    connect(dialog, &SettingsDialog::changed, this, [this](const Preferences &changed) {
        Preferences now = m_preferences;
        now.language = changed.language;
        now.theme = changed.theme;
        now.compactRows = changed.compactRows;
        now.jobsAtOnce = changed.jobsAtOnce;
        now.staysOpen = changed.staysOpen;
        usePreferences(now);
    });
    connect(dialog, &SettingsDialog::startsAtLogin, m_panel, &JobPanel::setStartsAtLogin);
    dialog->open();
}

void MainWindow::setSystemDark(bool dark)
{
    m_systemIsDark = dark;
    if (m_preferences.theme == theme::Choice::System)
        theme::apply(m_preferences.theme, dark);
}

} // namespace tidemark
