// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictcelldelegate.h"

#include <algorithm>

#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>

#include "ui/conflicts/conflictcellmodel.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int charactersPainted = 160;
static constexpr int linesEdited = 6;

static QString placeholder(CellKind kind)
{
    switch (kind) {
    case CellKind::Date:
        return u"2024-02-29"_s;
    case CellKind::Time:
        return u"13:05:00"_s;
    case CellKind::Timestamp:
        return u"2024-02-29 13:05:00"_s;
    case CellKind::Instant:
        return u"2024-02-29 13:05:00+00:00"_s;
    case CellKind::Blob:
        return u"0x00ff"_s;
    default:
        return {};
    }
}

void ConflictCellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    const ConflictCellModel::Look look = m_model.look(index);
    const bool isOutcome = index.column() == ConflictCellModel::Outcome;
    const bool isName = index.column() == ConflictCellModel::Name;
    const theme::Tint &tint = look.isFault ? colors.remove : isOutcome ? colors.insert : colors.conflict;
    const bool marked = look.isChanged || look.isFault;
    painter->save();
    painter->setClipRect(option.rect);
    const QRgb back = look.isAbsent ? colors.panel : marked ? tint.row : colors.window;
    painter->fillRect(option.rect, QColor(look.isChosen && marked ? tint.cell : back));
    if (look.isChosen || (isOutcome && marked))
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height() - 1), QColor(tint.mark));
    painter->setPen(QColor(colors.hairline));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    QFont font = isName || (!look.isKnown && !look.isFault) ? option.font : theme::data(option.font);
    const bool isNull = look.isKnown && look.cell.isNull;
    const bool isWord = !isName && !look.isKnown && !look.isFault;
    font.setItalic(isNull || isWord);
    font.setWeight(look.isChosen || (isOutcome && marked) ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(QColor(look.isFault                        ? colors.remove.mark
                               : isWord || (isNull && !marked) ? colors.muted
                                                               : colors.text));
    const QRect inner = option.rect.adjusted(theme::gap, 0, -theme::gap, 0);
    const bool right = look.isKnown && !isNull && celltext::isNumber(look.type.kind);
    const QString text = index.data().toString().left(charactersPainted);
    painter->drawText(inner, (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine,
                      QFontMetrics(font).elidedText(text, Qt::ElideRight, inner.width()));
    if (option.state & QStyle::State_HasFocus || option.state & QStyle::State_Selected) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(QColor(colors.accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize ConflictCellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics metrics(index.column() == ConflictCellModel::Name ? option.font : theme::data(option.font));
    const int text = metrics.horizontalAdvance(index.data().toString().left(60));
    return {std::clamp(text + 24, 72, 360), theme::rowHeight(option.font)};
}

QWidget *ConflictCellDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                            const QModelIndex &index) const
{
    const CellKind kind = m_model.look(index).type.kind;
    const QString name = index.siblingAtColumn(ConflictCellModel::Name).data().toString();
    const QStringList words =
        kind == CellKind::Boolean ? QStringList{u"true"_s, u"false"_s} : m_model.wordsFor(index.row());
    if (!words.isEmpty()) {
        auto *box = new QComboBox(parent);
        box->addItems(words);
        box->setAccessibleName(name);
        return box;
    }
    const QString text = m_model.textForEdit(index.row());
    if (kind == CellKind::Json || (celltext::isTextual(kind) && (text.contains(u'\n') || text.size() > 60))) {
        auto *edit = new QPlainTextEdit(parent);
        edit->setFont(theme::data(option.font));
        edit->setTabChangesFocus(true);
        edit->setAccessibleName(name);
        return edit;
    }
    auto *edit = new QLineEdit(parent);
    edit->setFont(theme::data(option.font));
    edit->setPlaceholderText(placeholder(kind));
    edit->setAccessibleName(name);
    return edit;
}

void ConflictCellDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    const QString text = m_model.textForEdit(index.row());
    if (auto *box = qobject_cast<QComboBox *>(editor)) {
        box->setCurrentIndex(box->findText(text)); // NULL: none, until one is chosen
    } else if (auto *edit = qobject_cast<QPlainTextEdit *>(editor)) {
        edit->setPlainText(text);
        edit->selectAll();
    } else if (auto *line = qobject_cast<QLineEdit *>(editor)) {
        line->setText(text);
        line->selectAll();
    }
}

// As it stands in the editor: hard blanks and the line ends of the value stay what they are.
static QString rawText(const QPlainTextEdit &edit, const QString &before)
{
    if (!edit.document()->isModified())
        return before;
    QString text = edit.document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    text.replace(QChar::LineSeparator, u'\n');
    if (before.contains("\r\n"_L1))
        text.replace(u"\n"_s, u"\r\n"_s);
    return text;
}

void ConflictCellDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    const auto *box = qobject_cast<QComboBox *>(editor);
    const auto *edit = qobject_cast<QPlainTextEdit *>(editor);
    const auto *line = qobject_cast<QLineEdit *>(editor);
    if (box && box->currentIndex() < 0)
        return;
    const QString text = box ? box->currentText()
        : edit               ? rawText(*edit, m_model.textForEdit(index.row()))
        : line               ? line->text()
                             : QString();
    model->setData(index, text, Qt::EditRole);
}

int ConflictCellDelegate::editorHeight(const QFont &font)
{
    return QFontMetrics(theme::data(font)).lineSpacing() * linesEdited + 16;
}

// Long texts are edited in several lines, over the rows below.
void ConflictCellDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                                const QModelIndex &) const
{
    QRect rect = option.rect;
    if (qobject_cast<QPlainTextEdit *>(editor) && editor->parentWidget()) {
        const QRect room = editor->parentWidget()->rect();
        rect.setWidth(std::max(rect.width(), room.width() / 2));
        rect.setHeight(editorHeight(option.font));
        rect.moveRight(std::min(rect.right(), room.right()));
        rect.moveBottom(std::min(rect.bottom(), room.bottom()));
        rect.moveTop(std::max(rect.top(), room.top()));
        rect.moveLeft(std::max(rect.left(), room.left()));
    }
    editor->setGeometry(rect);
}

// In several lines Return is a line, and Ctrl+Return ends the editing.
bool ConflictCellDelegate::eventFilter(QObject *watched, QEvent *event)
{
    auto *edit = qobject_cast<QPlainTextEdit *>(watched);
    if (edit && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isReturn && event->type() == QEvent::ShortcutOverride) {
            event->accept(); // not the window's
            return true;
        }
        if (isReturn && key->modifiers().testFlag(Qt::ControlModifier)) {
            Q_EMIT commitData(edit);
            Q_EMIT closeEditor(edit, SubmitModelCache);
            return true;
        }
        if (isReturn)
            return false;
    }
    return QStyledItemDelegate::eventFilter(watched, event);
}

} // namespace tidemark
