// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/startpage.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

StartCard::StartCard(const QString &icon, bool accent, QWidget *parent)
    : QAbstractButton(parent), m_icon(icon), m_accent(accent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StartCard::setTexts(const QString &title, const QString &sentence)
{
    setText(title);
    m_sentence = sentence;
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    updateGeometry();
    update();
}

QFont StartCard::titleFont() const
{
    QFont bold = font();
    bold.setPointSizeF(bold.pointSizeF() + 1);
    bold.setWeight(QFont::DemiBold);
    return bold;
}

static constexpr int edge = 20, bottomEdge = 16, iconPart = 48;

int StartCard::textHeight(int width) const
{
    const QRect room(0, 0, width - 2 * edge, 10'000);
    return QFontMetrics(titleFont()).boundingRect(room, Qt::TextWordWrap, text()).height() + theme::gap
        + QFontMetrics(font()).boundingRect(room, Qt::TextWordWrap, m_sentence).height();
}

// As wide as the font asks for, as high as its texts.
QSize StartCard::sizeHint() const
{
    const int width = std::max(260, QFontMetrics(font()).averageCharWidth() * 36);
    return {width, std::max(200, edge + iconPart + textHeight(width) + bottomEdge + 4)};
}

bool StartCard::textFits() const { return edge + iconPart + textHeight(width()) + bottomEdge <= height(); }

void StartCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void StartCard::paintEvent(QPaintEvent *)
{
    const theme::Colors &colors = theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool strong = isEnabled() && (m_accent || underMouse() || hasFocus());
    painter.setPen(QPen(QColor(strong ? colors.accent : colors.hairline), hasFocus() || underMouse() ? 2 : 1));
    painter.setBrush(QColor(isDown() || underMouse() ? colors.update.row : colors.panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const QRect inner = rect().adjusted(edge, edge, -edge, -bottomEdge);
    signs::paint(&painter, m_icon, QRect(inner.left(), inner.top(), 32, 32),
                 theme::color(m_accent ? theme::Token::Accent : theme::Token::Muted, palette()));
    const QFont bold = titleFont();
    painter.setFont(bold);
    painter.setPen(QColor(isEnabled() ? colors.text : colors.muted));
    const QRect title(inner.left(), inner.top() + iconPart, inner.width(), QFontMetrics(bold).height() * 3);
    const QRect used = painter.boundingRect(title, Qt::TextWordWrap, text());
    painter.drawText(title, Qt::TextWordWrap, text());
    painter.setFont(font());
    painter.setPen(QColor(colors.muted));
    painter.drawText(QRect(inner.left(), used.bottom() + 8, inner.width(), inner.bottom() - used.bottom() - 8),
                     Qt::TextWordWrap, m_sentence);
}

StartPage::StartPage(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_sentence(new QLabel(this)),
      m_sample(new StartCard(u"sample"_s, true, this)), m_compare(new StartCard(u"compare"_s, false, this)),
      m_new(new StartCard(u"new"_s, false, this)), m_second(new QPushButton(this))
{
    m_sample->setObjectName(u"sampleCard"_s);
    m_compare->setObjectName(u"compareCard"_s);
    m_new->setObjectName(u"newJobCard"_s);
    setFocusProxy(m_sample);
    m_second->setObjectName(u"secondSampleButton"_s);
    m_second->setFlat(true);
    m_second->setIcon(signs::icon(u"conflict"_s, theme::Token::Conflict));
    m_second->setCursor(Qt::PointingHandCursor);
    m_second->hide();
    QFont big = theme::title(font());
    big.setPointSizeF(big.pointSizeF() + 4);
    m_title->setFont(big);
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    auto *cards = new QHBoxLayout;
    cards->setSpacing(theme::group);
    cards->addStretch();
    for (StartCard *card : {m_sample, m_compare, m_new})
        cards->addWidget(card);
    cards->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addSpacing(theme::gap);
    layout->addWidget(m_sentence, 0, Qt::AlignHCenter);
    layout->addSpacing(2 * theme::group);
    layout->addLayout(cards);
    layout->addSpacing(theme::group);
    layout->addWidget(m_second, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_sample, &QAbstractButton::clicked, this, &StartPage::sampleRequested);
    connect(m_second, &QAbstractButton::clicked, this, &StartPage::secondSampleRequested);
    connect(m_compare, &QAbstractButton::clicked, this, &StartPage::compareRequested);
    connect(m_new, &QAbstractButton::clicked, this, &StartPage::newJobRequested);
    retranslate();
}

void StartPage::retranslate()
{
    m_title->setText(tr("Keep two databases in step"));
    m_sentence->setText(tr("See every row that would change before anything is written."));
    m_sample->setTexts(tr("Try the sample"),
                       m_busy ? tr("Building two small databases…")
                              : tr("A shop's till and its report copy: 17 rows to look at, in one click."));
    m_compare->setTexts(tr("Compare two databases"),
                        tr("Two connections, or two SQLite files dropped here. Writes nothing."));
    m_second->setText(tr("Or both ways: a till and a tablet, with three conflicts to answer"));
    m_second->setToolTip(tr("Two small databases that were edited at both sides, and the two-way job between them"));
    m_new->setTexts(tr("New job"), tr("Choose a source, a target and the tables to keep in step."));
}

void StartPage::offerSecondSample() { m_second->show(); }

void StartPage::setBusy(bool busy)
{
    m_busy = busy;
    setEnabled(!busy);
    retranslate();
}

} // namespace tidemark
