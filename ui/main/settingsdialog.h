// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>

#include "ui/main/preferences.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace tidemark {

class Desk;
class SettingsStart;
class SettingsStorage;

// The preferences. Every change acts at once; there is nothing to confirm.
class SettingsDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit SettingsDialog(const Preferences &preferences, QWidget *parent = nullptr);
    void setDesk(const std::shared_ptr<Desk> &desk); // with it, what its workspace keeps is shown, and can be cleared

Q_SIGNALS:
    void startsAtLogin(bool starts);
    void changed(const tidemark::Preferences &preferences); // language, theme, rows, limits; the rest as it was given

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void tell();

    Preferences m_preferences;
    QLabel *m_languageLabel;
    QComboBox *m_language;
    QLabel *m_themeLabel;
    QComboBox *m_theme;
    QCheckBox *m_compact;
    QLabel *m_jobsLabel;
    QSpinBox *m_jobs;
    QLabel *m_jobsNote;
    QCheckBox *m_stays;
    QPushButton *m_close;
    QVBoxLayout *m_parts = nullptr;
    SettingsStart *m_start = nullptr;
    SettingsStorage *m_storage = nullptr;
};

} // namespace tidemark
