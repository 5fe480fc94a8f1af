; Offers Dailies under "Open with" for videos without becoming the program that opens them.
!macro offerFor EXT
  WriteRegStr SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "Dailies.Video" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".${EXT}" ""
!macroend
!macro withdrawFor EXT
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "Dailies.Video"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Dailies.Video" "" "Video"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Dailies.Video\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Dailies.Video\shell\open\command" "" '"$appExe" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$appExe" "%1"'
  !insertmacro offerFor "mp4"
  !insertmacro offerFor "mov"
  !insertmacro offerFor "webm"
  !insertmacro offerFor "mkv"
  !insertmacro offerFor "avi"
!macroend

!macro customUnInstall
  !insertmacro withdrawFor "mp4"
  !insertmacro withdrawFor "mov"
  !insertmacro withdrawFor "webm"
  !insertmacro withdrawFor "mkv"
  !insertmacro withdrawFor "avi"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Dailies.Video"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!macroend
