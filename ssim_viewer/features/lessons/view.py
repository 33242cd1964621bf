"""The panel of the lessons: the list, or a page of the lesson that is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ssim_viewer.features.feature import InTurn
from ssim_viewer.features.lessons.actions import (
    GoTo,
    LeaveLesson,
    OpenLesson,
    ReadLesson,
    ShowAnswer,
    TakePicture,
    WriteHandout,
)
from ssim_viewer.features.lessons.state import Lessons, checked, lessons_of
from ssim_viewer.reports.lesson import built_in
from ssim_viewer.ui.controls.fields import muted_label, name_control, set_text_color
from ssim_viewer.ui.shell.file_dialogs import ask_save
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.reports.lesson import Lesson
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

WIDTH = 360
HTML = QT_TR_NOOP("HTML (*.html)")
INTRODUCTION = QT_TR_NOOP(
    "Each lesson opens images and windows of the program for you. Do whatever you like in between: "
    "Next goes on, Again brings the page back, and closing this panel ends nothing."
)


class LessonPanel(QWidget):
    """Shows the lessons.

    Signals
    -------
    intended
        Carries an action of the feature.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson_panel")
        self.setAccessibleName(tr("Lessons"))
        self.setMinimumWidth(WIDTH)
        self.folder: Path | None = None
        self._lessons = built_in()
        self._shown: Lessons | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list_page())
        self._pages.addWidget(self._lesson_page())
        self._problem = muted_label(wrap=True)
        self._problem.setObjectName("lesson_problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._problem)
        column.addWidget(self._pages, 1)

    def show_session(self, session: Session) -> None:
        """Show the lesson of a session."""
        state = lessons_of(session)
        self._show_check(checked(session))
        if state is self._shown:
            return
        self._shown = state
        self._problem.setText(tr(state.problem or state.told))
        self._problem.setVisible(bool(self._problem.text()))
        self._pages.setCurrentIndex(0 if state.lesson is None else 1)
        if state.lesson is None:
            self._fill(state)
        else:
            self._show_page(state, state.lesson)

    def restyle(self, colors: Colors) -> None:
        """Paint in the colours of a theme."""
        set_text_color(self._problem, colors.on_error)
        set_text_color(self._check, colors.accent)

    def _show_page(self, state: Lessons, lesson: Lesson) -> None:
        last = len(lesson.steps)
        self._title.setText(tr(lesson.title))
        self._where.setText(tr("Page {place} of {last}", place=state.place + 1, last=last + 1))
        at_end = state.place == last
        if at_end:
            attempt = (
                tr("\n\n### Try it\n\n{attempt}", attempt=lesson.attempt) if lesson.attempt else ""
            )
            answer = f"\n\n**{lesson.answer}**" if state.answered else ""
            text = tr(
                "### Question\n\n{question}{answer}{attempt}",
                question=lesson.question,
                answer=answer,
                attempt=attempt,
            )
        else:
            step = lesson.steps[state.place]
            text = f"### {step.title}\n\n{step.text}"
        self._text.setMarkdown(text)
        if at_end and state.answered:
            self._go_to(tr("Try it") if lesson.attempt else "")
        self._back.setEnabled(state.place > 0)
        self._next.setText(tr("Next lesson") if at_end else tr("Next"))
        self._next.setEnabled(not at_end or self._following(lesson) is not None)
        self._answer.setVisible(at_end)
        self._answer.setText(tr("Hide the answer") if state.answered else tr("Show the answer"))
        self._check.setVisible(at_end and bool(lesson.check))

    def _go_to(self, below: str) -> None:
        """Bring the answer into sight: what stands above a heading, or at the end without one."""
        document = self._text.document()
        end = document.find(below) if below else QTextCursor()
        if end.isNull():
            end = QTextCursor(document)
            end.movePosition(QTextCursor.MoveOperation.End)
        else:
            end.movePosition(QTextCursor.MoveOperation.PreviousBlock)
            end.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self._text.setTextCursor(end)
        self._text.ensureCursorVisible()

    def _following(self, lesson: Lesson) -> Lesson | None:
        """Return the lesson after one of those in the list; None after the last."""
        ids = [each.id for each in self._lessons]
        after = ids.index(lesson.id) + 1 if lesson.id in ids else len(ids)
        return self._lessons[after] if after < len(ids) else None

    def _show_check(self, holds: bool | None) -> None:  # noqa: FBT001 - it is the value
        self._check.setText(tr("✓ Done: the scores on screen say so.") if holds else tr("Not yet."))

    def _fill(self, state: Lessons) -> None:
        with QSignalBlocker(self._list):
            for row, lesson in enumerate(self._lessons):
                item = self._list.item(row)
                place = state.places.get(lesson.id, 0)
                done = place >= len(lesson.steps)
                mark = "✓ " if done else tr("(page {place}) ", place=place + 1) if place else ""
                item.setText(f"{row + 1}. {mark}{lesson.title}\n{lesson.summary}")

    def _list_page(self) -> QWidget:
        page = QWidget()
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setSpacing(2)
        self._list.verticalScrollBar().setAccessibleName(tr("Scroll the lessons"))
        name_control(
            self._list, "lesson_list", tr("Lessons"), tr("Click or press Enter to begin one.")
        )
        for _ in self._lessons:
            self._list.addItem("")
        self._list.itemClicked.connect(lambda _: self._begin())
        self._list.itemActivated.connect(lambda _: self._begin())
        file = QPushButton(tr("Open a lesson of your own…"))
        name_control(
            file, "lesson_open", tr("Open a lesson"), tr("One Markdown file; the README says how.")
        )
        file.clicked.connect(self._ask_file)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(muted_label(INTRODUCTION, wrap=True))
        column.addWidget(self._list, 1)
        column.addWidget(file)
        return page

    def _lesson_page(self) -> QWidget:
        page = QWidget()
        self._title = QLabel()
        self._title.setObjectName("lesson_title")
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._where = muted_label()
        self._where.setObjectName("lesson_where")
        self._text = QTextBrowser()
        self._text.setOpenExternalLinks(True)
        self._text.verticalScrollBar().setAccessibleName(tr("Scroll the page"))
        self._text.horizontalScrollBar().setAccessibleName(tr("Scroll the page sideways"))
        name_control(
            self._text, "lesson_text", tr("Page of the lesson"), tr("The page that is open.")
        )
        large = self._text.font()
        large.setPointSizeF(large.pointSizeF() * 1.15)
        self._text.setFont(large)
        self._check = QLabel()
        self._check.setObjectName("lesson_check")
        self._answer = QPushButton()
        name_control(
            self._answer, "lesson_answer", tr("The answer"), tr("Show or hide the answer.")
        )
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        head, last = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._where)
        last.addWidget(self._answer)
        last.addWidget(self._check, 1)
        column.addLayout(head)
        column.addWidget(self._text, 1)
        column.addLayout(last)
        self._answer.clicked.connect(self._toggle_answer)
        for row in self._rows():
            column.addLayout(row)
        return page

    def _rows(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        def button(name: str, title: str, tip: str) -> QPushButton:
            made = QPushButton(tr(title))
            name_control(made, f"lesson_{name}", title, tip)
            return made

        self._back = button("back", tr("Back"), tr("The page before."))
        self._next = button("next", tr("Next"), tr("The next page, or the next lesson."))
        again = button("again", tr("Again"), tr("Do once more what this page does at first."))
        leave = button("leave", tr("All lessons"), tr("Go back to the list; the page is kept."))
        hand = button(
            "handout", tr("Handout…"), tr("Write the lesson with its pictures as one HTML file.")
        )
        self._back.clicked.connect(lambda: self._go(-1))
        self._next.clicked.connect(lambda: self._go(1))
        again.clicked.connect(lambda: self._go(0))
        leave.clicked.connect(lambda: self.intended.emit(LeaveLesson()))
        hand.clicked.connect(self._ask_handout)
        first, second = QHBoxLayout(), QHBoxLayout()
        for each in (self._back, again, self._next):
            first.addWidget(each)
        for each in (leave, hand):
            second.addWidget(each)
        return first, second

    def _begin(self) -> None:
        row = self._list.currentRow()
        if self._shown is not None and self._shown.lesson is None and row >= 0:
            self.intended.emit(OpenLesson(self._lessons[row]))

    def _go(self, by: int) -> None:
        state = self._shown
        if state is None or state.lesson is None:
            return
        if by > 0 and state.place == len(state.lesson.steps):
            following = self._following(state.lesson)
            if following is not None:
                self.intended.emit(OpenLesson(following))
        else:
            self.intended.emit(GoTo(state.place + by))

    def _toggle_answer(self) -> None:
        self.intended.emit(ShowAnswer(on=self._shown is None or not self._shown.answered))

    def _ask_file(self) -> None:
        dialog = QFileDialog(
            self,
            tr("Open a lesson"),
            str(self.folder or Path.home()),
            tr("Lessons (*.md);;All files (*)"),
        )
        dialog.setObjectName("file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.intended.emit(ReadLesson(Path(path))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_handout(self) -> None:
        state = self._shown
        if state is None or state.lesson is None:
            return

        def chosen(path: Path) -> None:
            self.folder = path.parent
            self.intended.emit(InTurn((TakePicture(), WriteHandout(path))))

        proposal = (self.folder or Path.home()) / f"{state.lesson.id}.html"
        ask_save(self, tr("Save"), proposal, (HTML,), chosen)
