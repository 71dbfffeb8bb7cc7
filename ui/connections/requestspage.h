// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/connections/connectionpage.h"

class QSpinBox;

namespace tidemark {

class PairsField;

// What goes with each request to a web service, and what the service may at most cost.
class RequestsPage final : public ConnectionPage
{
    Q_OBJECT
public:
    explicit RequestsPage(QWidget *parent);
    void load(const ConnectionDraft &draft) override;
    void store(ConnectionDraft &draft) const override; // after the page that has the service
    void follow(const ConnectionDraft &) override { }

private:
    void buildRequests();
    void buildLimits();
    TextField *limit(const QString &name);
    QSpinBox *count(const QString &name, int least, int most);
    FieldRow *addCount(const QString &label, QSpinBox *box, const QString &meaning);

    PairsField *m_headers;
    QSpinBox *m_inFlight, *m_retries, *m_redirects, *m_depth;
    TextField *m_request, *m_retryDelay, *m_wait, *m_read, *m_body;
};

} // namespace tidemark
