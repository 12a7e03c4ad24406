"""The least that a message window in Tkinter is: what the popup's first frame is compared with.

It reads no messages: its list is 20 lines made up on the spot.
"""

import tkinter

window = tkinter.Tk()
window.title("messages")
window.geometry("720x520")
tkinter.Label(window, text="Messages").pack()
messages = tkinter.Listbox(window)
for number in range(20):
    messages.insert("end", "+49 155 502 %02d message body number %d" % (number, number))
messages.pack(fill="both", expand=True)
tkinter.Entry(window).pack(fill="x")
tkinter.Button(window, text="Send").pack()
window.bind("<Escape>", lambda _: window.destroy())
window.mainloop()
