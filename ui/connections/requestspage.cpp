// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/requestspage.h"

#include <QSpinBox>
#include <QTableWidget>

#include "ui/connections/fieldrow.h"
#include "ui/connections/pairsfield.h"
#include "ui/connections/textfield.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;

static constexpr int shortField = 120;

TextField *RequestsPage::limit(const QString &name)
{
    auto *edit = new TextField(this);
    edit->setObjectName(name);
    edit->setMaximumWidth(shortField);
    return edit;
}

QSpinBox *RequestsPage::count(const QString &name, int least, int most)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(name);
    box->setRange(least, most);
    box->setFixedWidth(shortField);
    return box;
}

RequestsPage::RequestsPage(QWidget *parent)
    : ConnectionPage(parent), m_headers(new PairsField(u"headers"_s, tr("Headers"), tr("Add a &header"), this)),
      m_inFlight(count(u"inFlight"_s, 1, 64)), m_retries(count(u"retries"_s, 0, 100)),
      m_redirects(count(u"redirects"_s, 0, 20)), m_depth(count(u"depth"_s, 1, 1000)),
      m_request(limit(u"requestLimit"_s)), m_retryDelay(limit(u"retryDelay"_s)), m_wait(limit(u"waitLimit"_s)),
      m_read(limit(u"readLimit"_s)), m_body(limit(u"bodyLimit"_s))
{
    setAccessibleName(tr("Requests"));
    buildRequests();
    buildLimits();
    alignRows();
    connect(m_headers, &PairsField::edited, this, &RequestsPage::edited);
    for (QSpinBox *box : {m_inFlight, m_retries, m_redirects, m_depth})
        connect(box, &QSpinBox::valueChanged, this, &RequestsPage::edited);
    for (TextField *edit : {m_request, m_retryDelay, m_wait, m_read, m_body})
        watch(edit, false);
}

FieldRow *RequestsPage::addCount(const QString &label, QSpinBox *box, const QString &meaning)
{
    auto *row = new FieldRow(label, box, body());
    row->setHint(meaning);
    box->setWhatsThis(meaning);
    addWidget(row);
    return row;
}

void RequestsPage::buildRequests()
{
    addRow(Field::Headers, tr("Headers:"), m_headers, tr("Sent with each request, such as a tenant's number."),
           m_headers->table())
        ->setHint(tr("Sent with each request. Secrets belong to the authentication."));
    addCount(tr("At the &same time:"), m_inFlight, tr("So many requests are under way at once."));
    addRow(Field::RequestLimit, tr("&One request:"), m_request,
           tr("A request that has no whole answer after so long is given up and tried again."))
        ->setHint(tr("At most so long, with its answer."));
    addCount(tr("Tried a&gain:"), m_retries, tr("So many times, where it was not answered or the service is busy."));
    addRow(Field::RetryDelay, tr("&First pause:"), m_retryDelay, tr("Before the first new try; each next is twice it."))
        ->setHint(tr("Before the first new try; each next is twice it."));
    addRow(Field::WaitLimit, tr("&Longest pause:"), m_wait,
           tr("A service that asks for a longer wait (Retry-After) fails the run instead."))
        ->setHint(tr("A service that asks for more fails the run."));
}

void RequestsPage::buildLimits()
{
    addRow(Field::ReadLimit, tr("&Whole reading:"), m_read, tr("All of one resource, with its pauses."))
        ->setHint(tr("All of one resource, at most so long."));
    addRow(Field::BodyLimit, tr("Largest &answer:"), m_body, tr("One answer, unpacked. A larger one fails the table."))
        ->setHint(tr("One answer, unpacked."));
    addCount(tr("Levels of &JSON:"), m_depth, tr("An answer that is nested deeper is refused."));
    addCount(tr("Re&directs:"), m_redirects, tr("So many are followed, within the service's own origin."));
}

void RequestsPage::load(const ConnectionDraft &draft)
{
    const HttpLimits &limits = draft.service.limits;
    m_headers->show(draft.service.headers);
    m_inFlight->setValue(draft.service.inFlight);
    m_retries->setValue(limits.retries);
    m_redirects->setValue(limits.redirects);
    m_depth->setValue(limits.depth);
    m_request->replace(draft.limits.request);
    m_retryDelay->replace(draft.limits.retryDelay);
    m_wait->replace(draft.limits.wait);
    m_read->replace(draft.limits.read);
    m_body->replace(draft.limits.body);
}

void RequestsPage::store(ConnectionDraft &draft) const
{
    draft.service.headers = m_headers->pairs();
    draft.service.inFlight = m_inFlight->value();
    draft.service.limits.retries = m_retries->value();
    draft.service.limits.redirects = m_redirects->value();
    draft.service.limits.depth = m_depth->value();
    draft.limits = {m_body->text(), m_request->text(), m_read->text(), m_retryDelay->text(), m_wait->text()};
}

} // namespace tidemark
