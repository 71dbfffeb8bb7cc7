// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/reconcile/report.h"

namespace tidemark {

// Rows written (bars) and duration (a line) of the last runs, the newest on the right. A run is chosen by mouse, or by
// the arrow keys.
class HistoryChart final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int mostRuns = 30;
    explicit HistoryChart(QWidget *parent = nullptr);
    void setRuns(const QList<RunReport> &newestFirst);
    void setCurrent(const QString &run);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(const QString &run);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Point
    {
        RunReport run;
        qint64 rows = 0, durationUs = 0;
    };
    void describe();
    QRectF plot() const;
    QRectF slot(int point) const; // of the plot
    int pointAt(const QPointF &position) const; // −1: none
    QString legend() const;
    QString told(const Point &point) const;
    QList<Point> m_points; // the newest last
    int m_current = -1;
};

} // namespace tidemark
