// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/base/result.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace tidemark {

// How Tidemark starts by itself: at login, and without a display by systemd. What is shown is what the files say.
class SettingsStart final : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsStart(const QString &workspace, QWidget *parent = nullptr);
    void retranslate();

Q_SIGNALS:
    void startsAtLogin(bool starts); // as read or written

private:
    void read();
    void put(bool on);
    void writeUnit();
    void say(const Result<void> &done, const QString &text);

    QString m_workspace;
    QLabel *m_heading;
    QCheckBox *m_login;
    QLabel *m_note;
    QPushButton *m_unit;
    QLabel *m_said;
};

} // namespace tidemark
