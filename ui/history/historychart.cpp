// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/historychart.h"

#include <algorithm>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include "ui/history/historytext.h"
#include "ui/widgets/reportcounts.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

HistoryChart::HistoryChart(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"historyChart"_s);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

QSize HistoryChart::sizeHint() const { return {320, fontMetrics().height() * 6}; }

QSize HistoryChart::minimumSizeHint() const { return {160, fontMetrics().height() * 6}; }

void HistoryChart::setRuns(const QList<RunReport> &newestFirst)
{
    const QString kept = m_current >= 0 ? m_points.at(m_current).run.run : QString();
    m_points.clear();
    for (qsizetype i = std::min<qsizetype>(mostRuns, newestFirst.size()) - 1; i >= 0; --i) {
        const RunReport &run = newestFirst.at(i);
        m_points << Point{run, counts::rows(run), std::max<qint64>(0, run.finishedUs - run.startedUs)};
    }
    m_current = -1;
    setCurrent(kept);
    describe();
}

void HistoryChart::setCurrent(const QString &run)
{
    m_current = -1;
    for (int i = 0; i < m_points.size(); ++i) {
        if (m_points.at(i).run.run == run)
            m_current = i;
    }
    describe();
    update();
}

QString HistoryChart::told(const Point &point) const
{
    return u"%1 · %2 · %3 · %4"_s.arg(
        HistoryText::started(point.run.startedUs), HistoryText::signWords(point.run),
        tr("%Ln row(s) written", nullptr, static_cast<int>(std::min<qint64>(point.rows, 2'000'000'000))),
        ReportText::duration(point.durationUs));
}

QString HistoryChart::legend() const
{
    qint64 rows = 0, duration = 0;
    for (const Point &point : m_points) {
        rows = std::max(rows, point.rows);
        duration = std::max(duration, point.durationUs);
    }
    return tr("Last %1 runs: bars are rows, at most %2; the line is time, at most %3")
        .arg(format::count(m_points.size()), format::count(rows), ReportText::duration(duration));
}

void HistoryChart::describe()
{
    setAccessibleName(tr("Rows and time of the last runs"));
    if (m_points.isEmpty())
        return setAccessibleDescription(tr("There is no run yet."));
    const auto bad = std::count_if(m_points.begin(), m_points.end(), [](const Point &point) {
        return ReportText::toneOf(point.run) == ReportText::Tone::Problem;
    });
    QString text = legend() + u". "_s + tr("Failed: %1").arg(bad);
    if (m_current >= 0)
        text += u". "_s + told(m_points.at(m_current));
    setAccessibleDescription(text);
}

QRectF HistoryChart::plot() const
{
    const int caption = fontMetrics().height() + 4;
    return QRectF(rect()).adjusted(4, 6, -4, -caption);
}

QRectF HistoryChart::slot(int point) const
{
    const QRectF area = plot();
    // A few runs do not become walls.
    const double width = std::min(area.width() / std::max<double>(1, static_cast<double>(m_points.size())), 32.0);
    return {area.left() + width * point, area.top(), width, area.height()};
}

int HistoryChart::pointAt(const QPointF &position) const
{
    for (int i = 0; i < m_points.size(); ++i) {
        const QRectF area = slot(i);
        if (position.x() >= area.left() && position.x() < area.right())
            return i;
    }
    return -1;
}

void HistoryChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const theme::Colors &colors = theme::of(palette());
    const QRectF area = plot();
    painter.setPen(QColor(colors.hairline));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    qint64 mostRows = 1, longest = 1;
    for (const Point &point : m_points) {
        mostRows = std::max(mostRows, point.rows);
        longest = std::max(longest, point.durationUs);
    }
    QPainterPath line;
    for (int i = 0; i < m_points.size(); ++i) {
        const Point &point = m_points.at(i);
        const QRectF place = slot(i);
        const ReportText::Tone tone = ReportText::toneOf(point.run);
        const theme::Tint &tint = tone == ReportText::Tone::Good ? colors.insert
            : tone == ReportText::Tone::Attention                ? colors.warning
                                                                 : colors.remove;
        const double height =
            std::max(3.0, (area.height() - 4) * static_cast<double>(point.rows) / static_cast<double>(mostRows));
        QRectF bar(place.left() + place.width() * 0.15, area.bottom() - height, place.width() * 0.7, height);
        painter.fillRect(bar, QColor(tint.cell));
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width(), 2), QColor(tint.mark));
        // Colour is never alone: what failed is crossed, what waits for a person is dashed below.
        painter.setPen(
            QPen(QColor(tint.mark), 1.5, tone == ReportText::Tone::Attention ? Qt::DashLine : Qt::SolidLine));
        if (tone != ReportText::Tone::Good)
            painter.drawLine(QPointF(bar.left(), area.bottom()), QPointF(bar.right(), area.bottom()));
        if (tone == ReportText::Tone::Problem) {
            const QPointF middle(bar.center().x(), area.bottom() - 6);
            painter.drawLine(middle + QPointF(-3, -3), middle + QPointF(3, 3));
            painter.drawLine(middle + QPointF(-3, 3), middle + QPointF(3, -3));
        }
        const double y =
            area.bottom() - (area.height() - 6) * static_cast<double>(point.durationUs) / static_cast<double>(longest);
        const QPointF dot(place.center().x(), y);
        if (i == 0)
            line.moveTo(dot);
        else
            line.lineTo(dot);
        if (i == m_current) {
            painter.setPen(QPen(QColor(colors.accent), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(place.adjusted(1, 0, -1, 0));
        }
    }
    painter.setPen(QPen(QColor(colors.text), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(line);
    if (m_points.size() == 1)
        painter.drawEllipse(line.currentPosition(), 2, 2);
    painter.setPen(QColor(colors.muted));
    painter.setFont(theme::caption(font()));
    const QRectF below(area.left(), area.bottom() + 2, area.width(), rect().bottom() - area.bottom());
    const QString words = m_points.isEmpty() ? tr("There is no run yet.")
        : m_current >= 0                     ? told(m_points.at(m_current))
                                             : legend();
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(words, Qt::ElideRight, static_cast<int>(below.width())));
    if (hasFocus()) {
        painter.setPen(QPen(QColor(colors.accent), 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void HistoryChart::mousePressEvent(QMouseEvent *event)
{
    const int point = pointAt(event->position());
    if (event->button() == Qt::LeftButton && point >= 0)
        Q_EMIT chosen(m_points.at(point).run.run);
    QWidget::mousePressEvent(event);
}

void HistoryChart::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step == 0 || m_points.isEmpty())
        return QWidget::keyPressEvent(event);
    const int last = static_cast<int>(m_points.size()) - 1;
    const int next = m_current < 0 ? last : std::clamp(m_current + step, 0, last);
    Q_EMIT chosen(m_points.at(next).run.run);
}

bool HistoryChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int point = pointAt(help->pos());
        if (point >= 0)
            QToolTip::showText(help->globalPos(), told(m_points.at(point)), this);
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::LanguageChange)
        describe();
    return QWidget::event(event);
}

} // namespace tidemark
