// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/settingsstart.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/tray/autostart.h"
#include "ui/widgets/background.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QString commandLine() { return QCoreApplication::applicationDirPath() + u"/tidemark-cli"_s; }

SettingsStart::SettingsStart(const QString &workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_heading(new QLabel(this)), m_login(new QCheckBox(this)),
      m_note(new QLabel(this)), m_unit(new QPushButton(this)), m_said(new QLabel(this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_heading->setFont(bold);
    m_login->setObjectName(u"startAtLogin"_s);
    m_login->setEnabled(false); // until it is known
    m_unit->setObjectName(u"writeUnit"_s);
    m_said->setObjectName(u"startSaid"_s);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    for (QLabel *label : {m_note, m_said}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    layout->addWidget(m_heading);
    layout->addWidget(m_login);
    layout->addWidget(m_note);
    auto *row = new QHBoxLayout;
    row->addWidget(m_unit);
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(m_said);
    m_said->hide();
    connect(m_login, &QCheckBox::clicked, this, &SettingsStart::put);
    connect(m_unit, &QPushButton::clicked, this, &SettingsStart::writeUnit);
    setFocusProxy(m_login);
    retranslate();
    read();
}

void SettingsStart::retranslate()
{
    m_heading->setText(tr("Starting by itself"));
    m_login->setText(tr("Start at lo&gin, in the tray"));
    m_note->setText(tr("Jobs with a schedule run while Tidemark is open. Without a display, tidemark-cli watch runs "
                       "them: a service of systemd can start it."));
    m_unit->setText(tr("&Write the systemd unit…"));
}

void SettingsStart::read()
{
    struct State
    {
        bool on = false;
        bool hasCommandLine = false;
    };
    inBackground(
        this,
        [workspace = m_workspace] {
            return State{autostart::isOn(autostart::fileFor(workspace)), QFileInfo(commandLine()).isExecutable()};
        },
        [this](const State &state) {
            m_login->setChecked(state.on);
            m_login->setEnabled(true);
            m_unit->setVisible(state.hasCommandLine);
            Q_EMIT startsAtLogin(state.on);
        });
}

void SettingsStart::put(bool on)
{
    m_login->setEnabled(false);
    inBackground(
        this,
        [workspace = m_workspace, on, program = QCoreApplication::applicationFilePath()] {
            const QString file = autostart::fileFor(workspace);
            return on ? autostart::setOn(file, program, workspace) : autostart::setOff(file);
        },
        [this](const Result<void> &done) {
            say(done, {});
            read();
        });
}

void SettingsStart::writeUnit()
{
    inBackground(
        this,
        [workspace = m_workspace] {
            return autostart::writeUnit(autostart::unitFile(workspace), commandLine(), workspace);
        },
        [this](const Result<void> &done) {
            say(done,
                tr("Written: %1\nSwitch it on with: systemctl --user enable --now %2")
                    .arg(autostart::unitFile(m_workspace), autostart::unitName(m_workspace)));
        });
}

void SettingsStart::say(const Result<void> &done, const QString &text)
{
    const QString said = done ? text : wording::oneLine(done.error());
    m_said->setText(said);
    m_said->setVisible(!said.isEmpty());
}

} // namespace tidemark
