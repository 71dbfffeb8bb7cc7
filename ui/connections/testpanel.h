// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

#include "core/endpoint/connectiontest.h"
#include "ui/connections/connectiondraft.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace tidemark {

// The test of a connection as people see it: its steps as they pass, then what was found, or what failed and what
// mends it.
class TestPanel final : public QFrame
{
    Q_OBJECT
public:
    explicit TestPanel(QWidget *parent);

    void clear(const ConnectionDraft &draft); // the steps that a test would take
    void begin();
    void reach(TestStep step); // the steps before it have passed
    void succeed(const ConnectionTest &test, bool readOnly);
    void fail(const Error &error, const ConnectionDraft &draft);
    void stop(); // by hand
    bool isRunning() const { return m_running; }
    bool isClear() const { return m_clear; }
    void setReady(bool ready); // whether a test makes sense yet
    static QString stepTitle(TestStep step, Driver driver);

Q_SIGNALS:
    void testWanted();
    void stopWanted();
    void fieldWanted(tidemark::ConnectionField field);
    void certificateWanted();
    void grantsWanted();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    enum class State : quint8 { Waiting, Running, Passed, Failed };
    struct Line
    {
        TestStep step = TestStep::Network;
        State state = State::Waiting;
        QLabel *sign = nullptr;
        QLabel *text = nullptr;
    };
    QLabel *paragraph(const QString &name);
    void say(const QString &headline, const QStringList &lines, const QString &detail);
    void setState(Line &line, State state);
    void colour();
    void end();

    QVBoxLayout *m_steps;
    QList<Line> m_lines;
    Driver m_driver = Driver::Sqlite;
    QLabel *m_intro, *m_headline, *m_text, *m_detail;
    QPushButton *m_button, *m_go, *m_certificate, *m_grants; // in the order of Tab
    ConnectionField m_field = ConnectionField::None;
    bool m_running = false, m_ready = false, m_failed = false, m_clear = true;
};

} // namespace tidemark
