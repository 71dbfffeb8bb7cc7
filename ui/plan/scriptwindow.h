// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

#include <QTimer>
#include <QWidget>

#include "core/base/cancellation.h"
#include "core/config/jobsettings.h"
#include "core/journal/planfile.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace tidemark {

class Desk;

// A plan, or some of its rows, as a script in the target's dialect: written to a file in the background, its beginning
// shown, to be copied or saved.
class ScriptWindow final : public QWidget
{
    Q_OBJECT
public:
    // rows: not set, all that is ticked.
    ScriptWindow(std::shared_ptr<Desk> desk, const JobSettings &job, const QString &planFile,
                 const std::optional<QList<PlanRange>> &rows, QWidget *parent = nullptr);
    ~ScriptWindow() override;
    bool isReady() const { return m_ready; }

Q_SIGNALS:
    void ready();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Work // shared with the thread that writes
    {
        Cancellation cancellation;
        std::atomic<qint64> rows = 0;
        QString file;
        ~Work();
    };
    struct Written
    {
        Result<void> result;
        QString beginning;
        qint64 bytes = 0;
    };
    void start(std::shared_ptr<Desk> desk, const JobSettings &job, const QString &planFile,
               const std::optional<QList<PlanRange>> &rows);
    void finish(const Written &written);
    void copy();
    void save();
    void retranslate();

    std::shared_ptr<Work> m_work;
    QTimer m_timer;
    qint64 m_bytes = 0;
    bool m_ready = false;
    bool m_cut = false;
    QString m_title;
    QLabel *m_note;
    QLabel *m_state;
    QPlainTextEdit *m_text;
    QPushButton *m_copy;
    QPushButton *m_save;
    QPushButton *m_close;
};

} // namespace tidemark
