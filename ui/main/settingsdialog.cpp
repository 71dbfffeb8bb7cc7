// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/settingsdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include "ui/jobs/engine.h"
#include "ui/main/settingsstart.h"
#include "ui/main/settingsstorage.h"

using namespace Qt::StringLiterals;

namespace tidemark {

SettingsDialog::SettingsDialog(const Preferences &preferences, QWidget *parent)
    : QDialog(parent), m_preferences(preferences), m_languageLabel(new QLabel(this)), m_language(new QComboBox(this)),
      m_themeLabel(new QLabel(this)), m_theme(new QComboBox(this)), m_compact(new QCheckBox(this)),
      m_jobsLabel(new QLabel(this)), m_jobs(new QSpinBox(this)), m_jobsNote(new QLabel(this)),
      m_stays(new QCheckBox(this)), m_close(new QPushButton(this))
{
    setObjectName(u"settingsDialog"_s);
    setMinimumWidth(440);
    m_language->setObjectName(u"language"_s);
    m_theme->setObjectName(u"theme"_s);
    m_compact->setObjectName(u"compact"_s);
    m_jobs->setObjectName(u"jobsAtOnce"_s);
    m_language->addItem(QString(), QString());
    m_language->addItem(u"English"_s, u"en"_s);
    m_language->addItem(u"简体中文"_s, u"zh_CN"_s);
    m_language->setCurrentIndex(std::max(0, m_language->findData(preferences.language)));
    for (const theme::Choice choice : {theme::Choice::System, theme::Choice::Light, theme::Choice::Dark})
        m_theme->addItem(QString(), static_cast<int>(choice));
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(preferences.theme)));
    m_compact->setChecked(preferences.compactRows);
    m_stays->setObjectName(u"staysOpen"_s);
    m_stays->setChecked(preferences.staysOpen);
    m_jobs->setRange(1, 16);
    m_jobs->setValue(preferences.jobsAtOnce);
    m_jobsNote->setForegroundRole(QPalette::PlaceholderText);
    m_jobsNote->setWordWrap(true);
    for (QLabel *label : {m_languageLabel, m_themeLabel, m_jobsLabel})
        label->setMinimumHeight(theme::control);
    m_languageLabel->setBuddy(m_language);
    m_themeLabel->setBuddy(m_theme);
    m_jobsLabel->setBuddy(m_jobs);

    auto *form = new QFormLayout;
    form->setVerticalSpacing(theme::gap);
    form->addRow(m_languageLabel, m_language);
    form->addRow(m_themeLabel, m_theme);
    form->addRow(QString(), m_compact);
    form->addRow(m_jobsLabel, m_jobs);
    form->addRow(QString(), m_jobsNote);
    form->addRow(QString(), m_stays);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    m_parts = new QVBoxLayout;
    layout->addLayout(m_parts);
    layout->addStretch();
    layout->addSpacing(theme::group);
    layout->addLayout(buttons);
    retranslate();
    connect(m_language, &QComboBox::currentIndexChanged, this, &SettingsDialog::tell);
    connect(m_theme, &QComboBox::currentIndexChanged, this, &SettingsDialog::tell);
    connect(m_compact, &QCheckBox::toggled, this, &SettingsDialog::tell);
    connect(m_jobs, &QSpinBox::valueChanged, this, &SettingsDialog::tell);
    connect(m_stays, &QCheckBox::toggled, this, &SettingsDialog::tell);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
}

void SettingsDialog::setDesk(const std::shared_ptr<Desk> &desk)
{
    if (m_storage || !desk)
        return;
    m_start = new SettingsStart(desk->workspace().folder(), this);
    connect(m_start, &SettingsStart::startsAtLogin, this, &SettingsDialog::startsAtLogin);
    m_parts->addSpacing(theme::group);
    m_parts->addWidget(m_start);
    m_storage = new SettingsStorage(desk, this);
    m_parts->addSpacing(theme::group);
    m_parts->addWidget(m_storage);
    setTabOrder(m_stays, m_start);
    setTabOrder(m_start, m_storage);
    setTabOrder(m_storage, m_close);
    setMinimumWidth(560);
}

void SettingsDialog::retranslate()
{
    if (m_storage) {
        m_start->retranslate();
        m_storage->retranslate();
    }
    setWindowTitle(tr("Settings"));
    m_languageLabel->setText(tr("&Language:"));
    m_language->setItemText(0, tr("As the system"));
    m_language->setAccessibleName(tr("Language"));
    m_themeLabel->setText(tr("&Theme:"));
    m_theme->setItemText(0, tr("As the system"));
    m_theme->setItemText(1, tr("Light"));
    m_theme->setItemText(2, tr("Dark"));
    m_theme->setAccessibleName(tr("Theme"));
    m_compact->setText(tr("&Compact rows in tables"));
    m_jobsLabel->setText(tr("&Jobs at once:"));
    m_jobs->setAccessibleName(tr("Jobs at once"));
    m_jobsNote->setText(tr("Jobs beyond this number wait for their turn."));
    m_stays->setText(tr("&Stay in the tray when closed"));
    m_close->setText(tr("Close"));
}

void SettingsDialog::tell()
{
    m_preferences.language = m_language->currentData().toString();
    m_preferences.theme = static_cast<theme::Choice>(m_theme->currentData().toInt());
    m_preferences.compactRows = m_compact->isChecked();
    m_preferences.jobsAtOnce = m_jobs->value();
    m_preferences.staysOpen = m_stays->isChecked();
    Q_EMIT changed(m_preferences);
}

void SettingsDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        const QSignalBlocker language(m_language);
        const QSignalBlocker theme(m_theme);
        retranslate();
    }
    QDialog::changeEvent(event);
}

} // namespace tidemark
