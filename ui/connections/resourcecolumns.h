// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/config/httpsettings.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace tidemark {

// The columns of a web service's resource: typed, or read off its first records. None: they are inferred by each run.
class ResourceColumns final : public QWidget
{
    Q_OBJECT
public:
    explicit ResourceColumns(QWidget *parent);
    void show(const std::optional<QList<HttpColumn>> &columns);
    std::optional<QList<HttpColumn>> columns() const;
    QTableWidget *table() const { return m_table; }

    // Somebody asks the service: until the end the button stops it.
    void begin(const QString &resource);
    void take(const QList<HttpColumn> &inferred); // what stands there already stays as it is
    void fail(const QString &why);
    void end(); // nothing came of it
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void edited();
    void inferWanted();
    void stopWanted();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void add(const HttpColumn &column);
    void addEmpty();
    void removeSelected();
    void say(const QString &text, bool isFault);
    void fit();
    void keepRoom();
    void followButtons();

    QTableWidget *m_table;
    QPushButton *m_infer, *m_add, *m_remove;
    QProgressBar *m_progress;
    QLabel *m_note;
    bool m_busy = false, m_filling = false, m_isFault = false;
};

} // namespace tidemark
