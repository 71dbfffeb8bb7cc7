// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/testpanel.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

#include "app/wording/wording.h"
#include "ui/connections/connectiontester.h"
#include "ui/connections/testfindings.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QLabel *TestPanel::paragraph(const QString &name)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::ClickFocus);
    return label;
}

TestPanel::TestPanel(QWidget *parent)
    : QFrame(parent), m_steps(new QVBoxLayout), m_intro(paragraph(u"testIntro"_s)),
      m_headline(paragraph(u"testHeadline"_s)), m_text(paragraph(u"testText"_s)), m_detail(paragraph(u"testDetail"_s)),
      m_button(new QPushButton(tr("&Test"), this)), m_go(new QPushButton(this)),
      m_certificate(new QPushButton(tr("View certificate…"), this)),
      m_grants(new QPushButton(tr("&Show the grants…"), this))
{
    setObjectName(u"testPanel"_s);
    setAccessibleName(tr("Test"));
    m_button->setObjectName(u"test"_s);
    m_go->setObjectName(u"goToField"_s);
    m_certificate->setObjectName(u"testCertificate"_s);
    m_grants->setObjectName(u"testGrants"_s);
    m_button->setWhatsThis(tr("Opens the connection as it stands here, step by step. Nothing is written."));
    m_go->setWhatsThis(tr("Leads to the field where this is mended."));
    m_certificate->setWhatsThis(tr("Asks the server for its certificate, to compare it and to pin it."));
    m_grants->setWhatsThis(tr("The SQL that grants this user what a job needs, to be run by the database's keeper."));
    m_intro->setText(tr("Opens the connection step by step and says what it finds. Nothing is written."));
    m_detail->setFont(theme::caption(theme::data(font())));
    m_steps->setSpacing(4);
    auto *inner = new QWidget(this);
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, 4, 0);
    layout->addWidget(m_intro);
    layout->addLayout(m_steps);
    layout->addSpacing(theme::gap);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_headline), static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_detail),
          static_cast<QWidget *>(m_go), static_cast<QWidget *>(m_certificate), static_cast<QWidget *>(m_grants)})
        layout->addWidget(widget);
    layout->addStretch();
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(inner);
    connect(qApp, &QApplication::focusChanged, area, [area, inner](QWidget *, QWidget *now) {
        if (now && inner->isAncestorOf(now))
            area->ensureWidgetVisible(now);
    });
    inner->setAutoFillBackground(false);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(theme::group, theme::group, theme::group - 4, theme::group);
    outer->addWidget(m_button, 0, Qt::AlignLeft);
    outer->addSpacing(4);
    outer->addWidget(area, 1);
    connect(m_button, &QPushButton::clicked, this, [this] { m_running ? Q_EMIT stopWanted() : Q_EMIT testWanted(); });
    connect(m_go, &QPushButton::clicked, this, [this] { Q_EMIT fieldWanted(m_field); });
    connect(m_certificate, &QPushButton::clicked, this, &TestPanel::certificateWanted);
    connect(m_grants, &QPushButton::clicked, this, &TestPanel::grantsWanted);
    say({}, {}, {});
    colour();
}

QString TestPanel::stepTitle(TestStep step, Driver driver)
{
    switch (step) {
    case TestStep::Ssh:
        return tr("SSH tunnel");
    case TestStep::Network:
        return tr("Network");
    case TestStep::Tls:
        return tr("Encryption");
    case TestStep::Login:
        return tr("Login");
    case TestStep::Database:
        return driver == Driver::Sqlite ? tr("File")
            : driver == Driver::Http    ? tr("Resources")
            : isQueue(driver)           ? tr("Queue")
                                        : tr("Database");
    case TestStep::Rights:
        return tr("Rights");
    }
    return {};
}

void TestPanel::clear(const ConnectionDraft &draft)
{
    QList<TestStep> steps;
    if (draft.isServer()) {
        if (draft.ssh && !draft.isService())
            steps << TestStep::Ssh;
        steps << TestStep::Network;
        if (draft.isService() ? draft.service.url.trimmed().startsWith("https:"_L1)
                              : draft.settings().effectiveTlsMode() != TlsMode::Disable && !draft.isSocket())
            steps << TestStep::Tls;
        steps << TestStep::Login;
    }
    steps << TestStep::Database << TestStep::Rights;
    for (const Line &line : std::as_const(m_lines))
        delete line.text->parentWidget();
    m_lines.clear();
    m_driver = draft.driver;
    for (const TestStep step : std::as_const(steps)) {
        auto *row = new QWidget(this);
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        Line line{step, State::Waiting, new QLabel(row), new QLabel(row)};
        line.sign->setFixedSize(16, 16);
        layout->addWidget(line.sign);
        layout->addWidget(line.text, 1);
        m_steps->addWidget(row);
        setState(line, State::Waiting);
        m_lines.append(line);
    }
    if (m_running)
        end();
    say({}, {}, {});
    m_clear = true;
}

void TestPanel::setState(Line &line, State state)
{
    line.state = state;
    const QString title = stepTitle(line.step, m_driver);
    line.text->setText(title);
    line.text->setAccessibleName(state == State::Passed        ? tr("%1: passed").arg(title)
                                     : state == State::Failed  ? tr("%1: failed").arg(title)
                                     : state == State::Running ? tr("%1: under way").arg(title)
                                                               : tr("%1: not yet tried").arg(title));
    static const std::pair<QLatin1StringView, theme::Token> signsOf[]{{"never"_L1, theme::Token::Muted},
                                                                      {"running"_L1, theme::Token::Accent},
                                                                      {"done"_L1, theme::Token::Insert},
                                                                      {"error"_L1, theme::Token::Remove}};
    const auto &[sign, token] = signsOf[static_cast<int>(state)];
    line.sign->setPixmap(signs::icon(sign, token).pixmap(QSize(16, 16), devicePixelRatioF()));
    QPalette colours = line.text->palette();
    const bool open = state == State::Waiting;
    colours.setColor(QPalette::WindowText, theme::color(open ? theme::Token::Muted : theme::Token::Text, palette()));
    line.text->setPalette(colours);
}

void TestPanel::begin()
{
    m_running = true;
    m_clear = false;
    m_button->setText(tr("S&top the test"));
    say({}, {}, {});
    for (Line &line : m_lines)
        setState(line, State::Waiting);
    m_intro->setText(tr("Testing…"));
    setReady(m_ready);
}

void TestPanel::reach(TestStep step)
{
    bool before = true;
    for (Line &line : m_lines) {
        if (line.step == step) {
            setState(line, State::Running);
            before = false;
        } else if (before) {
            setState(line, State::Passed);
        }
    }
}

void TestPanel::end()
{
    m_running = false;
    m_button->setText(tr("&Test"));
    m_intro->setText(tr("Opens the connection step by step and says what it finds. Nothing is written."));
    setReady(m_ready);
}

// A fingerprint or a long name has no place to break at: it gets some, or it would be cut off.
static QString breakable(const QString &text)
{
    constexpr int longest = 24;
    QString broken;
    int run = 0;
    for (const QChar c : text) {
        const bool breaks = c.isSpace() || c == u'/' || c.unicode() >= 0x2e80; // Han characters break anywhere
        run = breaks ? 0 : run + 1;
        if (run > longest && !c.isLowSurrogate() && !c.isMark()) {
            broken += QChar(0x200b);
            run = 1;
        }
        broken += c;
    }
    return broken;
}

void TestPanel::say(const QString &headline, const QStringList &lines, const QString &detail)
{
    m_headline->setText(breakable(headline));
    m_text->setText(breakable(lines.join(u'\n')));
    m_detail->setText(breakable(detail));
    for (QLabel *label : {m_headline, m_text, m_detail})
        label->setVisible(!label->text().isEmpty());
    m_intro->setVisible(headline.isEmpty());
    for (QPushButton *button : {m_go, m_certificate, m_grants})
        button->hide();
}

void TestPanel::succeed(const ConnectionTest &test, bool readOnly)
{
    end();
    for (Line &line : m_lines)
        setState(line, State::Passed);
    m_failed = false;
    say(tr("Connected to %1.").arg(wording::safeText(serverName(test.facts))), findings(test, m_driver, readOnly), {});
    colour();
}

void TestPanel::fail(const Error &error, const ConnectionDraft &draft)
{
    end();
    bool any = false;
    for (Line &line : m_lines) {
        if (line.state == State::Running) {
            setState(line, State::Failed);
            any = true;
        }
    }
    if (!any && !m_lines.isEmpty() && m_lines.first().state == State::Waiting)
        setState(m_lines.first(), State::Failed);
    m_failed = true;
    const wording::Message message = wording::message(error);
    say(message.what, message.next.isEmpty() ? QStringList() : QStringList{message.next},
        wording::safeText(error.detail.trimmed(), 600));
    m_field = fieldOf(error);
    m_field = draft.mendedAt(m_field);
    m_go->setVisible(m_field != ConnectionField::None);
    m_go->setText(tr("Go to: %1").arg(ConnectionDraft::title(m_field)));
    const bool isTls = error.code == ErrorCode::TlsUntrusted || error.code == ErrorCode::TlsName;
    m_certificate->setVisible(isTls && draft.isServer());
    m_grants->setVisible(error.code == ErrorCode::NoRights && isSql(draft.driver));
    colour();
}

void TestPanel::stop()
{
    end();
    m_failed = false;
    for (Line &line : m_lines) {
        if (line.state == State::Running)
            setState(line, State::Waiting);
    }
    say(tr("Test stopped."), {}, {});
    colour();
}

void TestPanel::setReady(bool ready)
{
    m_ready = ready;
    m_button->setEnabled(ready || m_running);
}

void TestPanel::colour()
{
    const theme::Colors &colors = theme::of(palette());
    const auto paintWith = [this](QLabel *label, QRgb color) {
        QPalette own = palette();
        own.setColor(QPalette::WindowText, QColor(color));
        label->setPalette(own);
    };
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_headline->setFont(bold);
    paintWith(m_headline, m_failed ? colors.remove.mark : colors.text);
    paintWith(m_intro, colors.muted);
    paintWith(m_detail, colors.muted);
}

void TestPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        colour();
        for (Line &line : m_lines)
            setState(line, line.state);
    }
    QFrame::changeEvent(event);
}

void TestPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), QColor(theme::of(palette()).panel));
}

} // namespace tidemark
