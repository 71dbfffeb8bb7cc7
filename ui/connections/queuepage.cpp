// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/queuepage.h"

#include <QCheckBox>
#include <QSpinBox>

#include "ui/connections/fieldrow.h"
#include "ui/connections/textfield.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;

QueuePage::QueuePage(QWidget *parent)
    : ConnectionPage(parent), m_stream(new TextField(this)), m_group(new TextField(this)),
      m_consumer(new TextField(this)), m_idle(new TextField(this)), m_exchange(new TextField(this)),
      m_queue(new TextField(this)), m_prefetch(new QSpinBox(this)), m_deliveries(new QSpinBox(this)),
      m_one(new QCheckBox(tr("One cons&umer at a time"), this)),
      m_envelope(new QCheckBox(tr("Messages bear their sc&hema"), this))
{
    setAccessibleName(tr("Queue"));
    const std::pair<QWidget *, QString> names[]{{m_stream, u"stream"_s},     {m_group, u"group"_s},
                                                {m_consumer, u"consumer"_s}, {m_idle, u"idle"_s},
                                                {m_exchange, u"exchange"_s}, {m_queue, u"queue"_s},
                                                {m_prefetch, u"prefetch"_s}, {m_deliveries, u"deliveryLimit"_s},
                                                {m_one, u"oneConsumer"_s},   {m_envelope, u"envelope"_s}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(name);
    buildRedis();
    buildAmqp();
    buildLimits();
    alignRows();
    for (TextField *edit : {m_stream, m_group, m_consumer, m_idle, m_exchange, m_queue})
        watch(edit, false);
    for (QSpinBox *box : {m_prefetch, m_deliveries})
        connect(box, &QSpinBox::valueChanged, this, &QueuePage::edited);
    for (QCheckBox *box : {m_one, m_envelope})
        connect(box, &QCheckBox::toggled, this, &QueuePage::edited);
}

FieldRow *QueuePage::also(const QString &label, QWidget *editor, const QString &meaning)
{
    auto *row = new FieldRow(label, editor, body());
    row->setHint(meaning);
    editor->setWhatsThis(meaning);
    addWidget(row);
    return row;
}

void QueuePage::buildRedis()
{
    m_stream->setPlaceholderText(u"orders"_s);
    addRow(Field::Stream, tr("St&ream:"), m_stream, tr("The stream that holds the messages."));
    addRow(Field::Group, tr("Grou&p:"), m_group, tr("The group of consumers that a job reads as."))
        ->setHint(tr("Jobs read as a member of this group; it is made where it is missing."));
    m_consumer->setPlaceholderText(tr("drawn from this machine and the job"));
    addRow(Field::Consumer, tr("&Consumer:"), m_consumer,
           tr("What this consumer is called within its group, the same after a restart."));
    m_idle->setMaximumWidth(120);
    addRow(Field::Idle, tr("Take over a&fter:"), m_idle,
           tr("Messages that another consumer has held for so long without an answer are taken over."))
        ->setHint(tr("Messages that another consumer holds for so long are taken over."));
}

void QueuePage::buildAmqp()
{
    addRow(Field::Exchange, tr("E&xchange:"), m_exchange, tr("What a job publishes to."))
        ->setHint(tr("What a job publishes to. Empty: it only reads."));
    addRow(Field::Queue, tr("&Queue:"), m_queue, tr("What a job reads from."))
        ->setHint(tr("What a job reads from. Empty: it only publishes."));
    m_prefetch->setRange(1, 65'535);
    m_prefetch->setMaximumWidth(120);
    m_prefetchRow = also(tr("&Handed out ahead:"), m_prefetch,
                         tr("How many messages the broker gives before it waits for their acknowledgement."));
    m_oneRow = also(QString(), m_one,
                    tr("The next takes over where one ends. Off, all share the work: for messages that bear their "
                       "order, as those of Tidemark do."));
    m_one->setAccessibleName(QString(m_one->text()).remove(u'&'));
}

void QueuePage::buildLimits()
{
    m_deliveries->setRange(1, 1000);
    m_deliveries->setMaximumWidth(120);
    also(tr("Deliveries at m&ost:"), m_deliveries,
         tr("A message that was delivered so often and never answered is set aside."));
    also(QString(), m_envelope, tr("What is published bears its schema, as Debezium's messages do by default."));
    m_envelope->setAccessibleName(QString(m_envelope->text()).remove(u'&'));
}

void QueuePage::load(const ConnectionDraft &draft)
{
    const std::pair<TextField *, const QString &> texts[]{
        {m_stream, draft.queue.stream},     {m_group, draft.queue.group}, {m_consumer, draft.queue.consumer},
        {m_exchange, draft.queue.exchange}, {m_queue, draft.queue.queue}, {m_idle, draft.idle}};
    for (const auto &[edit, text] : texts)
        edit->replace(text);
    m_driver = draft.driver;
    m_prefetch->setValue(draft.queue.prefetch);
    m_deliveries->setValue(draft.queue.deliveryLimit);
    m_one->setChecked(draft.queue.oneConsumer);
    m_envelope->setChecked(draft.queue.envelope);
}

void QueuePage::store(ConnectionDraft &draft) const
{
    draft.queue.stream = m_stream->text();
    draft.queue.group = m_group->text();
    draft.queue.consumer = m_consumer->text();
    draft.queue.exchange = m_exchange->text();
    draft.queue.queue = m_queue->text();
    draft.queue.prefetch = m_prefetch->value();
    draft.queue.deliveryLimit = m_deliveries->value();
    draft.queue.oneConsumer = m_one->isChecked();
    draft.queue.envelope = m_envelope->isChecked();
    draft.idle = m_idle->text();
}

// RabbitMQ counts a look at a message, too: twice the deliveries are usual there.
static int usualDeliveries(Driver driver)
{
    const int once = QueueSettings().deliveryLimit;
    return driver == Driver::Amqp ? 2 * once : once;
}

void QueuePage::follow(const ConnectionDraft &draft)
{
    const Driver before = std::exchange(m_driver, draft.driver);
    if (before != draft.driver && m_deliveries->value() == usualDeliveries(before))
        m_deliveries->setValue(usualDeliveries(draft.driver));
    const bool redis = draft.driver == Driver::Redis;
    for (const Field field : {Field::Stream, Field::Group, Field::Consumer, Field::Idle})
        row(field)->setVisible(redis);
    for (const Field field : {Field::Exchange, Field::Queue})
        row(field)->setVisible(!redis);
    m_prefetchRow->setVisible(!redis);
    m_oneRow->setVisible(!redis);
}

} // namespace tidemark
