-- barpop on XMonad: the bar, a key for the popup, and where the popup goes.
--
-- It compiles as it is (xmonad and xmonad-contrib 0.17); into a configuration of your own take
-- the lines marked (1) to (3).
import XMonad
import XMonad.Hooks.EwmhDesktops (ewmh)
import XMonad.Hooks.ManageDocks (avoidStruts, docks, manageDocks)
import XMonad.Hooks.StatusBar (statusBarGeneric, withSB)
import XMonad.Util.EZConfig (additionalKeysP)

-- (1) A popup has asked for its place at the bar already: it floats there, and is not tiled.
popups :: ManageHook
popups = className =? "barpop" --> doFloat

-- (2) The same as clicks on the bar.
keys' :: [(String, X ())]
keys' =
  [ ("M-s", spawn "xsms -g -d /dev/ttyACM0")
  , ("M-S-n", spawn "xnm -g")
  ]

-- (3) XMonad starts the bar, and ends it when it restarts.
main :: IO ()
main =
  xmonad . withSB (statusBarGeneric "xmobar ~/.config/xmobar/xmobarrc" mempty) . docks . ewmh $
    def
      { manageHook = popups <+> manageDocks <+> manageHook def
      , layoutHook = avoidStruts (layoutHook def)
      , modMask = mod4Mask
      }
      `additionalKeysP` keys'
