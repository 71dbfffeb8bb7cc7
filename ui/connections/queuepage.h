// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/connections/connectionpage.h"

class QCheckBox;
class QSpinBox;

namespace tidemark {

// Where at its broker a message queue lies, and what a consumer may take on.
class QueuePage final : public ConnectionPage
{
    Q_OBJECT
public:
    explicit QueuePage(QWidget *parent);
    void load(const ConnectionDraft &draft) override;
    void store(ConnectionDraft &draft) const override;
    void follow(const ConnectionDraft &draft) override;

private:
    void buildRedis();
    void buildAmqp();
    void buildLimits();
    FieldRow *also(const QString &label, QWidget *editor, const QString &meaning);

    TextField *m_stream, *m_group, *m_consumer, *m_idle, *m_exchange, *m_queue;
    QSpinBox *m_prefetch, *m_deliveries;
    QCheckBox *m_one, *m_envelope;
    Driver m_driver = Driver::Redis; // that the limits were shown for
    FieldRow *m_prefetchRow = nullptr, *m_oneRow = nullptr;
};

} // namespace tidemark
