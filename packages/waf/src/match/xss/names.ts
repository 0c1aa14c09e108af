import { stems, words } from '../../word-list.ts';

/**
 * Tags that run scripts, load what may, or change what the document's other parts mean; among them some that only old
 * browsers know.
 */
export const DANGEROUS_TAGS: ReadonlySet<string> = new Set(
  words(
    'applet base comment embed frame frameset handler iframe import isindex link listener meta noscript object ' +
      'script style vmlframe',
  ),
);

/** What an attribute's value can do. */
export type AttributeKind =
  /** Any value is dangerous. */
  | 'any'
  /** It is a URL, which can be a script. */
  | 'url'
  /** It is a style sheet, which can hold expressions and URLs. */
  | 'style'
  /** It is the name of another attribute, which the element sets. */
  | 'name';

/** The dangerous attributes that are no event's handlers. */
export const ATTRIBUTES: ReadonlyMap<string, AttributeKind> = new Map([
  ...kind('any', 'dataformatas datasrc'),
  ...kind('name', 'attributename'),
  ...kind('style', 'filter style'),
  ...kind(
    'url',
    'action background by dynsrc folder formaction from handler href lowsrc poster src to values xlink:href',
  ),
]);

/**
 * Events with handlers, without `on`, by what they begin with. Sources: HTML, DOM and the other web standards; MDN;
 * WebKit's and Gecko's documentation; for the events of script objects at the end, what libddwaf takes.
 */
const EVENTS: ReadonlySet<string> = new Set(
  stems(`
abort auxclick blur cancel canplay:,through click close command
contentvisibilityautostatechange context:lost,menu,restored
cue,device,duration,filter,form,hash,language,level,orientation,property,rate,readystate,slot,state,tone,version,visibility,volume:change
,before:copy,cut,paste change dblclick
drag:,end,enter,exit,leave,over,start drop emptied ended focus:,in,out form:data,input
input invalid key:down,press,up load:,eddata,edmetadata,end,start mouse,pointer:down,enter,leave,move,out,over,up
mousewheel pause play:,ing progress reset resize scroll:,end,snapchange,snapchanging search
securitypolicyviolation seek:ed,ing select:,ionchange,start show stalled submit suspend timeupdate toggle
waiting wheel
after:print,scriptexecute appinstalled before:activate,input,match,print,scriptexecute,toggle,unload
gamepad:connected,disconnected offline online
page:hide,reveal,show,swap popstate rejectionhandled storage unhandledrejection unload
touch,transition:cancel,end,start touchmove transitionrun animationcancel
animation,webkitanimation:end,iteration,start got,lost:pointercapture pointer:cancel,rawupdate
begin bounce end finish repeat start activate
,moz,webkit:fullscreenchange,fullscreenerror mozorientationchange webkitmouseforce:changed,down,up,willbegin
webkit:playbacktargetavailabilitychanged,transitionend,willrevealbottom
add,remove:sourcebuffer,stream,track audio,sound,speech:end,start audioprocess autocomplete:,error blocked boundary
bufferedamountlow cached charging:change,timechange checking complete connect:,ionavailable controllerchange
data:available,channel device:light,motion,orientation,proximity dischargingtimechange downloading encrypted enter exit
error fetch ice:candidate,connectionstatechange,gatheringstatechange install keystatuseschange loading:,done,error
mark message:,error mute negotiationneeded nomatch notification:click,close noupdate obsolete open pointerlock:change,error
push:,subscriptionchange requestprogress resourcetimingbufferfull responseprogress result resume
shipping:addresschange,optionchange signalingstatechange source:ended,open
stop success terminate timeout track unmute update:,end,found,ready,start upgradeneeded
userproximity voiceschanged vrdisplay:activate,connect,presentchange waitingforkey
`),
);

/** The kind of an attribute by its name in lower case; undefined for those that can do no harm. */
export function attributeKind(name: string): AttributeKind | undefined {
  return name.startsWith('on') && EVENTS.has(name.slice(2)) ? 'any' : ATTRIBUTES.get(name);
}

function kind<Kind extends AttributeKind>(kind: Kind, names: string): [string, Kind][] {
  return words(names).map((name) => [name, kind]);
}
