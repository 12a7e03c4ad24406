"""An empty window in Tkinter, with the one word that shows that it was drawn: what every popup's
first picture is held against."""

import tkinter

window = tkinter.Tk()
window.title("empty")
window.geometry("320x340")
tkinter.Label(window, text="Messages").pack()
window.bind("<Escape>", lambda _: window.destroy())
window.mainloop()
