// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/signs.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace tidemark::signs {

namespace {

class SignEngine final : public QIconEngine
{
public:
    SignEngine(QString name, theme::Token token) : m_name(std::move(name)), m_token(token) { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QColor color = theme::color(m_token, QGuiApplication::palette());
        if (mode == QIcon::Disabled) {
            color = theme::color(theme::Token::Muted, QGuiApplication::palette());
            color.setAlphaF(0.6F);
        }
        signs::paint(painter, m_name, rect, color);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SignEngine(m_name, m_token); }

private:
    QString m_name;
    theme::Token m_token;
};

} // namespace

QIcon icon(const QString &name, theme::Token token) { return QIcon(new SignEngine(name, token)); }

static QPixmap render(const QString &name, int side, const QColor &color, qreal ratio)
{
    const QString key = u"tidemark:%1:%2:%3:%4"_s.arg(name, color.name(QColor::HexRgb)).arg(side).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(QSize(side, side) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QFile file(u":/icons/"_s + name + u".svg"_s);
    if (file.open(QIODevice::ReadOnly)) {
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(svg);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(0, 0, side, side));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paint(QPainter *painter, const QString &name, const QRect &rect, const QColor &color)
{
    const int side = std::min(rect.width(), rect.height());
    if (side <= 0)
        return;
    const QPoint corner(rect.left() + (rect.width() - side) / 2, rect.top() + (rect.height() - side) / 2);
    const qreal opacity = painter->opacity();
    painter->setOpacity(opacity * color.alphaF());
    painter->drawPixmap(corner, render(name, side, color, painter->device()->devicePixelRatioF()));
    painter->setOpacity(opacity);
}

QString nameOf(Decision decision)
{
    switch (decision) {
    case Decision::InsertTarget:
    case Decision::InsertSource:
        return u"insert"_s;
    case Decision::UpdateTarget:
    case Decision::UpdateSource:
    case Decision::Merge:
        return u"update"_s;
    case Decision::DeleteTarget:
    case Decision::DeleteSource:
        return u"delete"_s;
    case Decision::Conflict:
        return u"conflict"_s;
    case Decision::Equal:
    case Decision::Keep:
        break;
    }
    return u"equal"_s;
}

theme::Token tokenOf(Decision decision)
{
    switch (decision) {
    case Decision::InsertTarget:
    case Decision::InsertSource:
        return theme::Token::Insert;
    case Decision::UpdateTarget:
    case Decision::UpdateSource:
    case Decision::Merge:
        return theme::Token::Update;
    case Decision::Conflict:
        return theme::Token::Conflict;
    case Decision::DeleteTarget:
    case Decision::DeleteSource:
        return theme::Token::Remove;
    case Decision::Equal:
    case Decision::Keep:
        break;
    }
    return theme::Token::Muted;
}

const theme::Tint &tintOf(Decision decision, const theme::Colors &colors)
{
    switch (decision) {
    case Decision::InsertTarget:
    case Decision::InsertSource:
        return colors.insert;
    case Decision::DeleteTarget:
    case Decision::DeleteSource:
        return colors.remove;
    case Decision::UpdateTarget:
    case Decision::UpdateSource:
    case Decision::Merge:
    case Decision::Equal:
    case Decision::Keep:
        break;
    case Decision::Conflict:
        return colors.conflict;
    }
    return colors.update;
}

} // namespace tidemark::signs
